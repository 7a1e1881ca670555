import { expect, test } from 'vitest';
import {
  callAs,
  callAsApp,
  createDirectory,
  itemsOf,
  outcomeOf,
  personNamed,
} from '../../support/graph-caller.ts';

test('a user is found by id and by sign-in name, in any case, encoded or in quotes', async () => {
  const { call, state } = await createDirectory();
  const { id } = personNamed(state, 'robin');
  for (const key of [
    `/${id}`,
    '/robin@contoso.com',
    '/ROBIN@contoso.com',
    '/robin%40contoso.com',
    "('robin@contoso.com')",
  ]) {
    const { body } = await call('GET', `/users${key}?$select=id,displayName,mail,userPrincipalName`);
    expect(body).toMatchObject({ id, mail: 'robin@contoso.com', userPrincipalName: 'robin@contoso.com' });
    expect(body['@odata.context']).toBe(
      'https://graph.microsoft.com/v1.0/$metadata#users(id,displayName,mail,userPrincipalName)/$entity',
    );
  }
});

test('a guest is found by the encoded sign-in name', async () => {
  const { call, state } = await createDirectory();
  const guest = state.people.find(({ kind }) => kind === 'guest');
  const key = encodeURIComponent(String(guest?.userPrincipalName));
  expect((await call('GET', `/users/${key}?$select=id,userType`)).body).toMatchObject({
    id: guest?.id,
    userType: 'Guest',
  });
});

test('an alias of a mailbox, a distribution list and nobody are not found', async () => {
  const { call } = await createDirectory();
  for (const name of ['time@contoso.com', 'all-staff@contoso.com', 'nobody@contoso.com']) {
    expect(outcomeOf(await call('GET', `/users/${name}`))).toBe(
      `404 Request_ResourceNotFound: Resource '${name}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }
});

test.each([
  "userPrincipalName eq 'robin@contoso.com'",
  "mail eq 'robin@contoso.com'",
  "startswith(displayName,'Robin')",
])('users are filtered by %s', async (filter) => {
  const { call } = await createDirectory();
  const list = await call('GET', `/users?$filter=${filter}&$select=userPrincipalName`);
  expect(itemsOf(list)).toEqual([{ userPrincipalName: 'robin@contoso.com' }]);
});

test('the list holds people and shared mailboxes, page by page', async () => {
  const { call, state } = await createDirectory();
  const { body } = await call('GET', '/users?$top=3');
  expect(body.value).toHaveLength(3);
  expect(body['@odata.nextLink']).toContain('$skiptoken='.replace('$', '%24'));
  const all = itemsOf(await call('GET', '/users?$select=userPrincipalName'));
  const lists = state.people.filter(({ kind }) => kind === 'distribution list');
  expect(all).toHaveLength(state.people.length - lists.length);
});

test('licences are shown to who may read the full profile, and to oneself', async () => {
  const { tenant, call } = await createDirectory();
  const path = '/users/robin@contoso.com?$select=displayName,assignedLicenses';
  expect((await call('GET', path)).body.assignedLicenses).toHaveLength(1);
  const basic = await callAs(tenant, 'uwe', ['User.ReadBasic.All']);
  expect((await basic('GET', path)).body).toMatchObject({
    displayName: 'Robin Recipient',
    assignedLicenses: null,
  });
  const oneself = await callAs(tenant, 'robin', ['User.Read']);
  expect((await oneself('GET', path)).body.assignedLicenses).toHaveLength(1);
});

test('with User.Read alone nobody else is seen', async () => {
  const { tenant } = await createDirectory();
  const call = await callAs(tenant, 'uwe', ['User.Read']);
  expect((await call('GET', '/users/uwe@contoso.com')).status).toBe(200);
  expect((await call('GET', '/users/robin@contoso.com')).status).toBe(403);
});

test("T&A's application reads its sender with User.Read.All", async () => {
  const { tenant } = await createDirectory();
  const { call } = await callAsApp(tenant, ['User.Read.All']);
  expect((await call('GET', '/users/ta@contoso.com')).body).toMatchObject({ mail: 'ta@contoso.com' });
});
