import { expect, test } from 'vitest';
import { api, atAzure, secretAt, vaultAt } from '../../support/arm-caller.ts';

test('words of a path and names of parameters are read in any case', async () => {
  const { ask, base } = await atAzure();
  const path = `${base.toUpperCase()}/PROVIDERS/microsoft.keyvault/Register?API-Version=2023-07-01`;
  expect((await ask('POST', path)).status).toBe(200);
});

test('without a token, with one of Graph, with an expired or forged one: 401 in the words of Azure', async () => {
  const { ask, tokenOf, clock } = await atAzure();
  const codeFor = async (token: string) => {
    const { status, body } = await ask('GET', `/subscriptions?${api}`, undefined, token);
    return [status, body.error.code];
  };
  const none = await ask('GET', `/subscriptions?${api}`, undefined, '');
  expect([none.status, none.body]).toEqual([
    401,
    {
      error: {
        code: 'AuthenticationFailed',
        message: "Authentication failed. The 'Authorization' header is missing.",
      },
    },
  ]);
  expect(none.headers.get('www-authenticate')).toContain('authorization_uri="https://login.windows.net/"');
  const forGraph = await tokenOf('grace', 'https://graph.microsoft.com');
  expect(await codeFor(forGraph)).toEqual([401, 'InvalidAuthenticationTokenAudience']);
  expect(await codeFor('a.b.c')).toEqual([401, 'InvalidAuthenticationToken']);
  const good = await tokenOf('grace');
  expect((await ask('GET', `/subscriptions?${api}`, undefined, good)).status).toBe(200);
  clock.advance(3 * 3_600_000);
  expect(await codeFor(good)).toEqual([401, 'ExpiredAuthenticationToken']);
});

test('a name that is taken stays taken, and another one is free', async () => {
  const { ask, group, newVault } = await atAzure({ scenarios: ['vault-name-taken'] });
  const statusFor = async (name: string) => (await ask('PUT', vaultAt(group, name), newVault)).status;
  expect([await statusFor('keys'), await statusFor('KEYS'), await statusFor('other')]).toEqual([
    409, 409, 201,
  ]);
});

test('subscriptions come in pages, each with the link to the next', async () => {
  const { state, ask } = await atAzure();
  state.azure.subscriptionsPerPage = 2;
  const names = ['Contoso Azure', 'Second', 'Third', 'Fourth', 'Fifth'];
  for (const displayName of names.slice(1))
    state.azure.subscriptions.push({ id: state.ids.guid(), displayName, state: 'Enabled' });
  const seen: string[] = [];
  for (let next = `/subscriptions?${api}`; next !== ''; ) {
    const { body } = await ask('GET', next);
    expect(body.count).toEqual({ type: 'Total', value: 5 });
    seen.push(...body.value.map(({ displayName }: { displayName: string }) => displayName));
    next = body.nextLink?.replace('https://management.azure.com', '') ?? '';
  }
  expect(seen).toEqual(names);
});

test('a subscription is seen by who has a role in it, and by nobody else', async () => {
  const { ask, base, tokenOf, state } = await atAzure();
  expect((await ask('GET', `/subscriptions?${api}`)).body.value).toMatchObject([
    { displayName: 'Contoso Azure', state: 'Enabled', tenantId: state.organization.id },
  ]);
  const petra = await tokenOf('petra');
  expect((await ask('GET', `/subscriptions?${api}`, undefined, petra)).body.value).toEqual([]);
  const hidden = await ask('GET', `${base}/resourcegroups?${api}`, undefined, petra);
  expect([hidden.status, hidden.body.error.code]).toEqual([404, 'SubscriptionNotFound']);
});

test('a Reader reads, and is told which action on what is missing', async () => {
  const { ask, base, group, newVault } = await atAzure({ scenarios: ['no-azure-rights'] });
  expect((await ask('GET', `${base}/resourcegroups?${api}`)).status).toBe(200);
  const refused = await ask('PUT', vaultAt(group, 'keys-1'), newVault);
  expect(refused.status).toBe(403);
  expect(refused.body.error.code).toBe('AuthorizationFailed');
  expect(refused.body.error.message).toMatch(
    /^The client 'grace@contoso\.com' with object id '[0-9a-f-]{36}' does not have authorization to perform action 'Microsoft\.KeyVault\/vaults\/write' over scope '\/subscriptions\/[0-9a-f-]{36}\/resourcegroups\/contoso-it\/providers\/Microsoft\.KeyVault\/vaults\/keys-1' or the scope is invalid\. If access was recently granted, please refresh your credentials\.$/,
  );
});

test('a vault is there at once, and ready after a while by the clock; it is found whatever the case of its path', async () => {
  const { ask, group, newVault, clock } = await atAzure();
  const made = await ask('PUT', vaultAt(group, 'keys-1'), newVault);
  expect([made.status, made.body.properties.provisioningState]).toEqual([201, 'RegisteringDns']);
  clock.advance(2_500);
  const upper = vaultAt(group, 'KEYS-1')
    .replace('/vaults/', '/Vaults/')
    .replace('resourceGroups', 'RESOURCEGROUPS');
  expect((await ask('GET', upper)).body).toMatchObject({
    name: 'keys-1',
    properties: { provisioningState: 'Succeeded' },
  });
});

test('whether something exists is asked by HEAD: 204 or 404, without a body', async () => {
  const { ask, group, newVault } = await atAzure();
  const found = async (path: string) => (await ask('HEAD', path)).status;
  expect(await found(vaultAt(group, 'keys-1'))).toBe(404);
  await ask('PUT', vaultAt(group, 'keys-1'), newVault);
  expect([await found(vaultAt(group, 'keys-1')), await found(`${group}?${api}`)]).toEqual([204, 204]);
});

test.for(['https://management.azure.com', 'https://management.core.windows.net/'])(
  'a token for %s is taken',
  async (audience) => {
    const { ask, tokenOf } = await atAzure();
    const token = await tokenOf('grace', audience);
    expect((await ask('GET', `/subscriptions?${api}`, undefined, token)).status).toBe(200);
  },
);

test('where a vault is made by an operation, that is polled until it is over', async () => {
  const { ask, group, newVault, clock, state } = await atAzure();
  state.azure.vaultsAnswer = 'operation';
  const accepted = await ask('PUT', vaultAt(group, 'keys-1'), newVault);
  expect([accepted.status, accepted.headers.get('retry-after')]).toEqual([202, '1']);
  const [operation, result] = ['azure-asyncoperation', 'location'].map((name) =>
    (accepted.headers.get(name) ?? '').replace('https://management.azure.com', ''),
  );
  expect((await ask('GET', operation ?? '')).body).toMatchObject({ status: 'InProgress' });
  expect((await ask('GET', result ?? '')).status).toBe(202);
  clock.advance(2_500);
  expect((await ask('GET', operation ?? '')).body).toMatchObject({ status: 'Succeeded' });
  expect((await ask('GET', result ?? '')).status).toBe(204);
});

test('a name is refused while a deleted vault holds it, when somebody has it, and when it is none', async () => {
  const { ask, group, newVault, state } = await atAzure();
  const codeOf = async (name: string) => {
    const { status, body } = await ask('PUT', vaultAt(group, name), newVault);
    return [status, body.error?.code];
  };
  state.azure.deletedVaultNames.add('gone-1');
  expect(await codeOf('gone-1')).toEqual([409, 'ConflictError']);
  expect(await codeOf('Contoso')).toEqual([409, 'VaultAlreadyExists']);
  expect(await codeOf('a--b')).toEqual([400, 'VaultNameNotValid']);
  expect(await codeOf('9lives')).toEqual([400, 'VaultNameNotValid']);
  expect(state.azure.vaults).toEqual([]);
});

test('bodies are checked: no JSON, a property of the wrong type, no location', async () => {
  const { ask, base, group, newVault } = await atAzure();
  const codeOf = async (path: string, body: unknown) => (await ask('PUT', path, body)).body.error.code;
  expect(await codeOf(vaultAt(group, 'keys-1'), '{')).toBe('InvalidRequestContent');
  expect(await codeOf(vaultAt(group, 'keys-1'), { ...newVault, properties: {} })).toBe('BadRequest');
  expect(await codeOf(vaultAt(group, 'keys-1'), { properties: newVault.properties })).toBe(
    'LocationRequired',
  );
  expect(await codeOf(`${base}/resourcegroups/ta?${api}`, {})).toBe('LocationRequired');
  expect(await codeOf(`${group}?${api}`, { location: 'westeurope' })).toBe('InvalidResourceGroupLocation');
});

test('what is not there is not found, each in its own words', async () => {
  const { ask, base, group, newVault } = await atAzure();
  const codeOf = async (method: string, path: string, body?: unknown) =>
    (await ask(method, path, body)).body.error.code;
  const secret = { properties: { value: 'x' } };
  expect(await codeOf('GET', `${base}/resourcegroups/none?${api}`)).toBe('ResourceGroupNotFound');
  expect(await codeOf('GET', vaultAt(group, 'none-1'))).toBe('ResourceNotFound');
  expect(await codeOf('PUT', secretAt(group, 'none-1'), secret)).toBe('ParentResourceNotFound');
  await ask('PUT', vaultAt(group, 'keys-1'), newVault);
  expect(await codeOf('GET', secretAt(group, 'keys-1'))).toBe('SecretNotFound');
  expect(await codeOf('PUT', secretAt(group, 'keys-1', 'a_b'), secret)).toBe('BadRequest');
  expect(await codeOf('GET', `${base}/providers/Contoso.Nothing?${api}`)).toBe('InvalidResourceNamespace');
});

test('each write of a secret is a new version, and the policy that denies a vault is named', async () => {
  const { ask, group, newVault, state } = await atAzure();
  await ask('PUT', vaultAt(group, 'keys-1'), newVault);
  const write = (value: string) => ask('PUT', secretAt(group, 'keys-1'), { properties: { value } });
  const [first, second] = [await write('one'), await write('two')];
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(first.body.properties.secretUri).toBe('https://keys-1.vault.azure.net/secrets/ta');
  expect(first.body.properties.secretUriWithVersion).not.toBe(second.body.properties.secretUriWithVersion);
  state.azure.vaultsDeniedBy = 'No vaults';
  const denied = await ask('PUT', vaultAt(group, 'keys-2'), newVault);
  expect(denied.body.error).toMatchObject({
    code: 'RequestDisallowedByPolicy',
    target: 'keys-2',
    additionalInfo: [{ type: 'PolicyViolation', info: { policyDefinitionDisplayName: 'No vaults' } }],
  });
  expect(denied.body.error.message).toMatch(
    /^Resource 'keys-2' was disallowed by policy\. Policy identifiers: '\[\{/,
  );
});
