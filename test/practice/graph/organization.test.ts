import { expect, test } from 'vitest';
import { callAs, createDirectory, itemsOf, outcomeOf } from '../../support/graph-caller.ts';

test('the organization tells its tenant id and domains', async () => {
  const { call, state } = await createDirectory();
  expect(itemsOf(await call('GET', '/organization'))).toMatchObject([
    {
      id: state.organization.id,
      displayName: 'Contoso',
      countryLetterCode: expect.any(String),
      verifiedDomains: expect.arrayContaining([
        expect.objectContaining({ name: 'contoso.com', isDefault: true }),
        expect.objectContaining({ name: 'contoso.onmicrosoft.com', isInitial: true }),
      ]),
    },
  ]);
});

test('User.Read alone shows id, name and domains; the rest is null', async () => {
  const { tenant, state } = await createDirectory();
  const call = await callAs(tenant, 'uwe', ['User.Read']);
  const [shown] = itemsOf(await call('GET', '/organization'));
  const filled = Object.entries(shown ?? {}).filter(([, value]) => value !== null);
  expect(filled.map(([name]) => name).sort()).toEqual(['displayName', 'id', 'verifiedDomains']);
  const one = await call('GET', `/organization/${state.organization.id}?$select=id,countryLetterCode`);
  expect(one.body).toMatchObject({ id: state.organization.id, countryLetterCode: null });
});

test('another organization is not found', async () => {
  const { call } = await createDirectory();
  const answer = await call('GET', '/organization/00000000-0000-4000-a000-000000000001');
  expect(outcomeOf(answer)).toMatch(/^404 Request_ResourceNotFound/);
});
