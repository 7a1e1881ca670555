import { expect, test } from 'vitest';
import { armAudience, vaultAudience } from '../../../src/practice/login/tokens.ts';
import { readState, writeState } from '../../../src/practice/saved-state.ts';
import { applyScenarios, type ScenarioName } from '../../../src/practice/scenarios.ts';
import { createPracticeTenant, type PracticeTenantOptions } from '../../../src/practice/tenant.ts';
import { atAzure, secretAt, vaultAt } from '../../support/arm-caller.ts';
import { signing } from '../../support/signing.ts';

/** A vault `contoso-ta` with one secret, and Grace at its own API. */
async function atVault(options: PracticeTenantOptions = {}, properties: object = {}) {
  const azure = await atAzure(options);
  const { ask, group, newVault, tenant, tokenOf, state, clock } = azure;
  await ask('PUT', vaultAt(group, 'contoso-ta'), {
    ...newVault,
    properties: { ...newVault.properties, ...properties },
  });
  const put = (token?: string) =>
    ask(
      'PUT',
      secretAt(group, 'contoso-ta'),
      { tags: { clientId: 'c' }, properties: { value: 'hush' } },
      token,
    );
  await put();
  const { vaults } = state.cloud;
  const grace = await tokenOf('grace', vaultAudience(state));
  const call = async (method: string, path: string, token = grace, host = `contoso-ta.${vaults}`) => {
    const at = path.includes('?') ? path : `${path}?api-version=7.4`;
    const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
    const answer = await tenant.fetch(new Request(`https://${host}${at}`, { method, headers }));
    const text = await answer.text();
    const body = /^\{/.test(text) ? JSON.parse(text) : text;
    return { status: answer.status, headers: answer.headers, body, inner: body.error?.innererror?.code };
  };
  const settle = () => clock.advance(60_000);
  return { ...azure, call, put, settle };
}

test('a deleted secret is kept for the days of the vault, and its value is in no answer', async () => {
  const { call, settle, ask, group, clock, put, tokenOf } = await atVault(
    {},
    { softDeleteRetentionInDays: 7 },
  );
  const { status, body } = await call('DELETE', '/secrets/ta');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    recoveryId: 'https://contoso-ta.vault.azure.net/deletedsecrets/ta',
    scheduledPurgeDate: Math.floor(clock.now() / 1000) + 7 * 86_400,
    attributes: { enabled: true, recoveryLevel: 'CustomizedRecoverable+Purgeable', recoverableDays: 7 },
    tags: { clientId: 'c' },
  });
  expect((await call('GET', '/deletedsecrets/ta')).status).toBe(404);
  expect((await call('DELETE', '/deletedsecrets/ta')).inner).toBe('ObjectIsBeingDeleted');
  settle();
  expect((await call('GET', '/deletedsecrets/ta')).body.recoveryId).toBe(body.recoveryId);
  expect(JSON.stringify(body)).not.toContain('hush');
  expect((await ask('GET', secretAt(group, 'contoso-ta'))).status).toBe(404);
  expect(await put()).toMatchObject({ status: 409, body: { error: { code: 'ConflictError' } } });
  clock.advance(7 * 86_400_000);
  expect((await put(await tokenOf('grace'))).status).toBe(201);
});

test('it comes back with its value, or is purged and its name is free', async () => {
  const { call, settle, state, put, ask, group } = await atVault();
  const before = state.azure.vaults[0]?.secrets[0];
  await call('DELETE', '/secrets/ta');
  settle();
  expect((await call('POST', '/deletedsecrets/ta/recover')).status).toBe(200);
  expect(state.azure.vaults[0]?.secrets).toEqual([before]);
  expect((await ask('GET', secretAt(group, 'contoso-ta'))).status).toBe(200);
  await call('DELETE', '/secrets/ta');
  settle();
  expect((await call('DELETE', '/deletedsecrets/ta')).status).toBe(204);
  expect((await call('GET', '/deletedsecrets/ta')).status).toBe(404);
  expect((await put()).status).toBe(201);
});

test('purge protection lets no one purge', async () => {
  const { call, settle } = await atVault({}, { enablePurgeProtection: true });
  await call('DELETE', '/secrets/ta');
  settle();
  const { status, body } = await call('DELETE', '/deletedsecrets/ta');
  expect([status, body.error.code]).toEqual([403, 'Forbidden']);
  expect(body.error.message).toContain('purge protection is enabled');
});

const refused: readonly [string, readonly ScenarioName[], object, string][] = [
  ['no role in the vault', ['no-vault-rights'], {}, 'ForbiddenByRbac'],
  ['no role in Azure that changes anything', ['no-azure-rights'], {}, 'ForbiddenByRbac'],
  ['no access policy', [], { enableRbacAuthorization: false, accessPolicies: [] }, 'ForbiddenByPolicy'],
  ['a firewall', [], { networkAcls: { defaultAction: 'Deny' } }, 'ForbiddenByFirewall'],
  ['a private endpoint', [], { publicNetworkAccess: 'Disabled' }, 'ForbiddenByConnection'],
];

test.each(refused)('with %s everything is refused', async (_what, scenarios, properties, inner) => {
  const { call, state } = await atVault({}, properties);
  applyScenarios(state, scenarios);
  for (const [method, path] of [
    ['DELETE', '/secrets/ta'],
    ['GET', '/deletedsecrets/ta'],
    ['DELETE', '/deletedsecrets/ta'],
  ] as const)
    expect(await call(method, path)).toMatchObject({ status: 403, inner });
});

test('only a token for Key Vault is taken, and the answer says what is wanted', async () => {
  const { call, tokenOf, state } = await atVault();
  const none = await call('DELETE', '/secrets/ta', '');
  expect([none.status, none.body.error.code]).toEqual([401, 'Unauthorized']);
  expect(none.headers.get('www-authenticate')).toMatch(
    /^Bearer authorization=".+", resource="https:\/\/vault\.azure\.net"$/,
  );
  const other = await call('DELETE', '/secrets/ta', await tokenOf('grace', armAudience(state)));
  expect([other.status, other.body.error.message]).toEqual([401, expect.stringContaining('AKV10022')]);
});

test.each([
  ['GET', '/secrets/ta?api-version=7.4', 501],
  ['PUT', '/secrets/ta?api-version=7.4', 501],
  ['GET', '/secrets?api-version=7.4', 501],
  ['GET', '/keys?api-version=7.4', 501],
  ['DELETE', '/secrets/ta?', 400],
  ['DELETE', '/secrets/ta?api-version=2016-10-01', 400],
  ['DELETE', '/secrets/other', 404],
] as const)('%s %s is answered with %i', async (method, path, status) => {
  const { call } = await atVault();
  expect((await call(method, path)).status).toBe(status);
});

test('each cloud has its own hosts and tokens', async () => {
  for (const [cloud, vaults] of [
    ['usgov', 'vault.usgovcloudapi.net'],
    ['china', 'vault.azure.cn'],
  ] as const) {
    const { tenant, state } = await atAzure({ cloud });
    const [subscription] = state.azure.subscriptions;
    state.azure.vaults.push({
      ...{ subscriptionId: subscription?.id ?? '', group: 'contoso-it', name: 'contoso-ta', location: 'x' },
      ...{ tags: {}, properties: {}, madeAt: 0, secrets: [], deletedSecrets: [] },
    });
    const ask = (host: string) => tenant.fetch(new Request(`https://contoso-ta.${host}/deletedsecrets/ta`));
    const answer = await ask(vaults);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining(`resource="https://${vaults}"`),
    ]);
    expect((await ask('vault.azure.net')).status).toBe(421);
  }
});

test('a saved tenant has its deleted secrets and rights', async () => {
  const { call, state } = await atVault({ scenarios: ['no-vault-rights'] });
  state.azure.officersOfSecrets = true;
  await call('DELETE', '/secrets/ta');
  const { state: fresh } = createPracticeTenant({ signing });
  const again = readState(await writeState(state), fresh);
  expect(again.azure.vaults).toEqual(state.azure.vaults);
  expect(again.azure.vaults[0]?.deletedSecrets).toHaveLength(1);
});
