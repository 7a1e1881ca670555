import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { listSubscriptions } from '../../../src/core/escrow/subscriptions.ts';
import { Secret } from '../../../src/core/secret.ts';
import { errorFrom } from '../../support/error-from.ts';
import { escrowing } from '../../support/escrowing.ts';
import { json, type Turn } from '../../support/fault-server.ts';
import { faultyHttp } from '../../support/faulty-http.ts';

const arm = 'https://management.azure.com';
const page = (names: string[], nextLink?: string | null): Turn =>
  json(200, {
    value: names.map((displayName) => ({
      subscriptionId: displayName.toUpperCase(),
      displayName,
      state: 'Enabled',
    })),
    ...(nextLink === undefined ? {} : { nextLink }),
  });

async function listing(turns: [Turn, ...Turn[]]) {
  const { http, server } = await faultyHttp(turns);
  const token = async () => new Secret('token');
  return {
    server,
    list: () => listSubscriptions({ http, cloud: clouds.global, token, tenantId: 'own', signal: undefined }),
  };
}

test('reads every page in order', async () => {
  const { list, server } = await listing([
    page(['a', 'b'], `${arm}/subscriptions?api-version=2022-12-01&%24skiptoken=2`),
    page([], `${arm}/subscriptions?api-version=2022-12-01&%24skiptoken=3`),
    page(['c'], null),
  ]);
  expect((await list()).map(({ id, name }) => `${id} ${name}`)).toEqual(['a a', 'b b', 'c c']);
  expect(server.requests).toHaveLength(3);
});

test('leaves out a subscription that another tenant has delegated', async () => {
  const { list } = await listing([
    json(200, {
      value: ['OWN', 'other'].map((tenantId) => ({
        ...{ subscriptionId: tenantId, displayName: tenantId, state: 'Enabled', tenantId },
      })),
      nextLink: null,
    }),
  ]);
  expect((await list()).map(({ id }) => id)).toEqual(['own']);
});

test.each([
  'https://evil.example/subscriptions?page=2',
  'http://management.azure.com/subscriptions?page=2',
  'https://management.azure.com.evil.example/subscriptions?page=2',
  'https://management.azure.com@evil.example/subscriptions?page=2',
  'https://management.azure.com/providers?page=2',
  '',
])('does not follow a next page at %j', async (next) => {
  const { list, server } = await listing([page(['a'], next)]);
  expect(await errorFrom(list())).toMatchObject({ code: 'TA-UNTRUSTED-HOST' });
  expect(server.requests).toHaveLength(1);
});

test('ends when a page links to one that was read', async () => {
  const { list } = await listing([page(['a'], `${arm}/subscriptions?api-version=2022-12-01`)]);
  expect(await errorFrom(list())).toMatchObject({ code: 'TA-ODD-ANSWER' });
});

test('a subscription on a later page of the practice tenant can be used', async () => {
  const { run, azure, state } = await escrowing();
  azure.subscriptionsPerPage = 1;
  const last = { id: state.ids.guid(), displayName: 'Payroll', state: 'Enabled' } as const;
  azure.subscriptions.push({ ...last, id: state.ids.guid(), displayName: 'Second' }, last);
  azure.groups.push({ subscriptionId: last.id, name: 'payroll', location: 'westeurope' });
  const { kept, failure } = await run({ subscription: 'Payroll' });
  expect(failure).toBeUndefined();
  expect(kept?.place.subscription).toEqual({ id: last.id, name: 'Payroll' });
});
