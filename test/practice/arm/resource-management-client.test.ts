import { createHash } from 'node:crypto';
import { ResourceManagementClient } from '@azure/arm-resources';
import { createHttpHeaders, type HttpClient, isRestError } from '@azure/core-rest-pipeline';
import { expect, onTestFinished, test, vi } from 'vitest';
import { armAudience, issueUserToken } from '../../../src/practice/login/tokens.ts';
import { findPerson } from '../../../src/practice/people.ts';
import type { ScenarioName } from '../../../src/practice/scenarios.ts';
import { serve } from '../../../src/practice/serve.ts';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { loopbackFetch } from '../../support/loopback-fetch.ts';
import { signing } from '../../support/signing.ts';

const version = '2023-07-01';

/** Azure's own client, unmodified; what it means for `https://HOST/...` goes to a port of this machine. */
function azureClient(port: number, token: string, subscriptionId: string): ResourceManagementClient {
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const fetch = loopbackFetch(port);
  const httpClient: HttpClient = {
    async sendRequest(request) {
      const { url, method, headers, body } = request;
      const sent = typeof body === 'string' ? { body } : {};
      const answer = await fetch(url, { method, headers: headers.toJSON(), ...sent });
      const found = createHttpHeaders(Object.fromEntries(answer.headers));
      return { request, status: answer.status, headers: found, bodyAsText: await answer.text() };
    },
  };
  return new ResourceManagementClient(credential, subscriptionId, {
    httpClient,
    retryOptions: { maxRetries: 0 },
  });
}

async function connected(scenarios: readonly ScenarioName[] = []) {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, scenarios, clock });
  const { state } = tenant;
  const served = await serve(tenant);
  onTestFinished(() => served.close());
  // The client's pauses between two looks are jumps of the tenant's clock.
  const after = globalThis.setTimeout;
  vi.stubGlobal('setTimeout', (call: () => void, ms = 0) => {
    clock.advance(ms);
    return after(call, 0);
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const person = findPerson(state, 'grace@contoso.com');
  if (!person) throw new Error('Grace is missing');
  const scopes = ['user_impersonation'];
  const token = await issueUserToken(state, { person, clientId: 'x', scopes, audience: armAudience(state) });
  const client = azureClient(served.port, token, state.azure.subscriptions[0]?.id ?? state.ids.guid());
  const vaults = (name: string) => ['contoso-it', 'Microsoft.KeyVault', '', 'vaults', name, version] as const;
  return { state, client, vaults };
}

type Connected = Awaited<ReturnType<typeof connected>>;

const vault = (state: Connected['state']) => ({
  location: 'germanywestcentral',
  properties: {
    tenantId: state.organization.id,
    sku: { family: 'A', name: 'standard' },
    enableRbacAuthorization: true,
    enableSoftDelete: true,
  },
});

/** Status, code and message of what the client throws. */
async function refusal(work: PromiseLike<unknown>): Promise<unknown[]> {
  const error: unknown = await Promise.resolve(work).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isRestError(error) ? [error.statusCode, error.code, error.message] : [error];
}

test.for(['operation', 'provisioning state'] as const)('makes a vault, followed by its %s', async (way) => {
  const { state, client } = await connected();
  state.azure.vaultsAnswer = way;
  const made = await client.resources.createOrUpdate(
    ...(['contoso-it', 'Microsoft.KeyVault', '', 'vaults', 'contoso-keys', version] as const),
    vault(state),
  );
  expect(made).toMatchObject({
    name: 'contoso-keys',
    type: 'Microsoft.KeyVault/vaults',
    properties: { provisioningState: 'Succeeded', vaultUri: 'https://contoso-keys.vault.azure.net/' },
  });
  const listed = [];
  const filter = "resourceType eq 'Microsoft.KeyVault/vaults'";
  for await (const { name, properties } of client.resources.listByResourceGroup('contoso-it', { filter }))
    listed.push([name, properties]);
  expect(listed).toEqual([['contoso-keys', undefined]]);
});

test('writes a secret and reads its metadata, never its value', async () => {
  const { state, client } = await connected();
  const at = `subscriptions/${state.azure.subscriptions[0]?.id}/resourceGroups/contoso-it/providers/Microsoft.KeyVault/vaults/keys-1`;
  const made = await client.resources.createOrUpdateById(at, version, vault(state));
  expect(made.name).toBe('keys-1');
  const attributes = { enabled: true, exp: 1_795_000_000 };
  const properties = { value: 'canary~value', contentType: 'Entra client secret', attributes };
  const written = await client.resources.createOrUpdateById(`${at}/secrets/ta`, version, {
    tags: { keyId: 'k' },
    properties,
  });
  const read = await client.resources.getById(`${at}/secrets/ta`, version);
  expect(read).toMatchObject({
    tags: { keyId: 'k' },
    properties: { contentType: 'Entra client secret', attributes },
  });
  expect(JSON.stringify([written, read])).not.toContain('canary');
  const sha256 = createHash('sha256').update('canary~value').digest('hex');
  expect(state.azure.vaults[0]?.secrets).toMatchObject([{ name: 'ta', sha256, exp: 1_795_000_000 }]);
});

test('makes a resource group, lists groups, and registers a provider', async () => {
  const { state, client } = await connected(['provider-not-registered']);
  await client.resourceGroups.createOrUpdate('ta', { location: 'westeurope' });
  const names = [];
  for await (const { name } of client.resourceGroups.list()) names.push(name);
  expect(names).toEqual(['contoso-it', 'ta']);
  expect((await client.providers.get('Microsoft.KeyVault')).registrationState).toBe('NotRegistered');
  expect((await client.providers.register('Microsoft.KeyVault')).registrationState).toBe('Registering');
  state.azure.keyVaultRegisteredAt = 0;
  expect((await client.providers.get('Microsoft.KeyVault')).registrationState).toBe('Registered');
});

test.for([
  ['no-subscription', 404, 'SubscriptionNotFound'],
  ['no-azure-rights', 403, 'AuthorizationFailed'],
  ['vault-name-taken', 409, 'VaultAlreadyExists'],
  ['arm-policy-denied', 403, 'RequestDisallowedByPolicy'],
  ['provider-not-registered', 409, 'MissingSubscriptionRegistration'],
] as const)('%s: the client throws %i %s', async ([scenario, status, code]) => {
  const { state, client, vaults } = await connected([scenario]);
  const making = client.resources.createOrUpdate(...vaults('contoso-keys'), vault(state));
  expect((await refusal(making)).slice(0, 2)).toEqual([status, code]);
  expect(state.azure.vaults).toEqual([]);
});

test('an operation that fails is thrown when it is polled, and leaves no vault', async () => {
  const { state, client, vaults } = await connected();
  state.azure.operationsFailWith = { code: 'InternalServerError', message: 'Something broke.' };
  const making = client.resources.createOrUpdate(...vaults('contoso-keys'), vault(state));
  await expect(making.pollUntilDone()).rejects.toThrow('InternalServerError. Something broke.');
  expect(state.azure.vaults).toEqual([]);
});
