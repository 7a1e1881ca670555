import { expect, test } from 'vitest';
import { api, atAzure, vaultAt } from '../../support/arm-caller.ts';

test('every request names an api-version that the type knows', async () => {
  const { ask, group } = await atAzure();
  expect((await ask('GET', '/subscriptions')).body).toEqual({
    error: {
      code: 'MissingApiVersionParameter',
      message: 'The api-version query parameter (?api-version=) is required for all requests.',
    },
  });
  const codeOf = async (path: string) => (await ask('GET', path)).body.error.code;
  expect(await codeOf('/subscriptions?api-version=latest')).toBe('InvalidApiVersionParameter');
  expect(await codeOf('/subscriptions?api-version=1999-01-01')).toBe('InvalidApiVersionParameter');
  const vaultIn = (version: string) => codeOf(vaultAt(group, 'v-1').replace('2023-07-01', version));
  expect(await vaultIn('2017-01-01')).toBe('NoRegisteredProviderFound');
  // Key Vault has these two.
  expect(await vaultIn('2021-10-01')).toBe('NotImplemented');
  expect(await vaultIn('2024-12-01-preview')).toBe('NotImplemented');
});

test('what Azure has besides is not said to be missing', async () => {
  const { ask, base, group } = await atAzure();
  for (const [method, path] of [
    ['GET', `${base}/providers/Microsoft.Storage?${api}`],
    ['GET', `${base}/locations?${api}`],
    ['GET', `/tenants?${api}`],
    ['DELETE', vaultAt(group, 'keys-1')],
  ] as const)
    expect((await ask(method, path)).body.error.code).toBe('NotImplemented');
});

test('options that would change a list, and are not played, are refused', async () => {
  const { ask, base } = await atAzure();
  for (const path of ['/resourceGroups?$top=1', "/resources?$filter=name eq 'x'"])
    expect((await ask('GET', `${base}${path}&${api}`)).status).toBe(501);
});
