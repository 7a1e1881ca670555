import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseKey, routedSegments } from '../../../src/practice/graph/address.ts';
import { createDirectory, outcomeOf, textOf } from '../../support/graph-caller.ts';

const routed = (path: string) =>
  routedSegments(new Request(`https://graph.microsoft.com/v1.0${path}`)).join('/');

test('a plain path stays as it is', () => {
  expect(routed('/applications/1/addPassword?$select=id')).toBe('/v1.0/applications/1/addPassword');
});

test('an alternate key becomes a segment of its own', () => {
  expect(routed("/applications(appId='a')/addPassword")).toBe("/v1.0/applications/(appId='a')/addPassword");
  expect(routed('/servicePrincipals(appId=%27a%27)')).toBe('/v1.0/servicePrincipals/(appId=%27a%27)');
});

test('an id in parentheses is an id', () => {
  expect(routed("/users('u%27%27s@contoso.com')")).toBe("/v1.0/users/u's%40contoso.com");
});

test('any unique name in a path is read back as it was', () =>
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      const quoted = encodeURIComponent(name.replaceAll("'", "''"));
      const segment = routed(`/applications(uniqueName='${quoted}')`).slice('/v1.0/applications/'.length);
      expect(parseKey(decodeURIComponent(segment), ['uniqueName'])).toEqual({
        by: 'uniqueName',
        value: name,
      });
    }),
  ));

test('GUIDs are read without regard to case', () => {
  const id = 'ABCDEF01-0000-4000-A000-000000000001';
  expect(parseKey(id, []).value).toBe(id.toLowerCase());
  expect(parseKey(`(appId='${id}')`, ['appId']).value).toBe(id.toLowerCase());
});

test('an appId that is no GUID is refused as Graph refuses it', () => {
  expect(() => parseKey("(appId='x')", ['appId'])).toThrow(
    "Invalid value specified for object reference property 'appId'.",
  );
});

test('a key that is not known of the collection is not played', () => {
  expect(() => parseKey("(uniqueName='x')", ['appId'])).toThrow("does not play the key 'uniqueName'");
});

test.each(['//users', '/users//', '/%75sers', '/USERS', '/myorganization//users'])(
  'the path %s is that of the users',
  async (path) => {
    const { call } = await createDirectory();
    expect((await call('GET', `${path}?$select=id`)).status).toBe(200);
  },
);

test('the id of the tenant stands for it too, and that of another one is not taken for a word', async () => {
  const { call, state } = await createDirectory();
  expect((await call('GET', `/${state.organization.id.toUpperCase()}/users?$select=id`)).status).toBe(200);
  for (const other of ['00000000-0000-4000-a000-000000000001', 'fabrikam.com'])
    expect((await call('GET', `/${other}/users`)).status).toBe(501);
});

test('what is not played is named as it was asked for', async () => {
  const { call } = await createDirectory();
  const asked = async (path: string) => outcomeOf(await call('GET', path));
  const key = "applications(appId='00000000-0000-4000-a000-000000000001')";
  expect(await asked(`/myorganization/${key}/logo`)).toMatch(
    /play '\/v1\.0\/myorganization\/applications\(.*\)\/logo'\.$/,
  );
  expect(await asked('/users(%27a%40b.c%27)/calendar')).toContain("'/v1.0/users(%27a%40b.c%27)/calendar'");
});

test.each(['me', 'users/ta@contoso.com/messages', 'v2.0/me'])(
  'without a version the first word of the path %s is taken for one',
  async (path) => {
    const { call } = await createDirectory();
    const [version] = path.split('/');
    expect(outcomeOf(await call('GET', `/../${path}`))).toBe(
      `404 ResourceNotFound: Invalid version: ${version}`,
    );
  },
);

test('what a browser asks before a request is not answered as if a token were missing', async () => {
  const { tenant } = await createDirectory();
  const asked = new Request('https://graph.microsoft.com/v1.0/me', { method: 'OPTIONS' });
  expect((await tenant.fetch(asked)).status).toBe(501);
});

test('a condition that no one looks at is not taken for one that holds', async () => {
  const { call } = await createDirectory();
  const id = textOf(await call('POST', '/applications', { displayName: 'Mailer' }), 'id');
  const change = async (headers: Record<string, string>) =>
    (await call('PATCH', `/applications/${id}`, { notes: 'x' }, headers)).status;
  expect(await change({ 'If-Match': 'W/"1"' })).toBe(501);
  expect(await change({ 'If-None-Match': '*' })).toBe(501);
  expect(await change({ 'If-Match': '*' })).toBe(204);
});

test('answers in other forms are not played, and that is said', async () => {
  const { call } = await createDirectory();
  const formOf = async (accept: string) => (await call('GET', '/me', undefined, { Accept: accept })).status;
  expect(await formOf('application/json;odata.metadata=full')).toBe(501);
  expect(await formOf('application/xml')).toBe(501);
  expect(await formOf('application/json;odata.metadata=minimal')).toBe(200);
  expect(await formOf('application/json, text/plain, */*')).toBe(200);
  expect((await call('HEAD', '/me')).status).toBe(501);
  const prefer = (text: string) => call('GET', '/me', undefined, { Prefer: text });
  expect((await prefer('return=minimal')).status).toBe(501);
  expect((await prefer('return=representation')).status).toBe(200);
  const id = textOf(await call('POST', '/applications', { displayName: 'Mailer' }), 'id');
  const change = (text: string) => call('PATCH', `/applications/${id}`, { notes: 'x' }, { Prefer: text });
  expect((await change('return=representation')).status).toBe(501);
  expect((await change('respond-async')).status).toBe(204);
});

test('what is played of one object, and a part of a property, is never said to be unknown to Graph', async () => {
  const { call } = await createDirectory();
  const id = textOf(await call('POST', '/applications', { displayName: 'Mailer' }), 'id');
  for (const path of [
    '/users/grace@contoso.com/appRoleAssignments',
    '/me/oauth2PermissionGrants',
    `/applications/${id}/api/oauth2PermissionScopes`,
    `/applications/${id}/owners/$ref`,
    '/applicationTemplates',
    '/policies/adminConsentRequestPolicy',
    `/applications/${id}/requestSignatureVerification`,
    '/users/grace@contoso.com/city',
    '/oauth2PermissionGrants/delta',
    '/',
  ])
    expect((await call('GET', path)).status, path).toBe(501);
  expect((await call('DELETE', '/me/mailFolders/inbox/messages/1')).status).toBe(501);
  expect((await call('POST', '/directory/deletedItems/getUserOwnedObjects', {})).status).toBe(501);
  expect((await call('GET', `/applications/${id}/nonsense`)).status).toBe(404);
  expect((await call('GET', '/nonsense/owners')).status).toBe(404);
});

test("without metadata, of OData's own members the count and the next page stay", async () => {
  const { call } = await createDirectory();
  const path = '/users?$top=1&$count=true';
  const membersOf = async (accept: string) => {
    const { body } = await call('GET', path, undefined, { Accept: accept, ConsistencyLevel: 'eventual' });
    return Object.keys(body as object).filter((name) => name.includes('@odata'));
  };
  const kept = ['@odata.count', '@odata.nextLink'];
  expect((await membersOf('application/json;odata.metadata=none')).toSorted()).toEqual(kept);
  expect((await membersOf('application/json')).toSorted()).toEqual(['@odata.context', ...kept]);
});

test('a list is counted or not, and nothing between', async () => {
  const { call } = await createDirectory();
  const counted = (value: string) =>
    call('GET', `/users?$count=${value}`, undefined, { ConsistencyLevel: 'eventual' });
  expect((await counted('true')).body).toHaveProperty('@odata.count');
  expect((await counted('false')).body).not.toHaveProperty('@odata.count');
  expect((await counted('yes')).status).toBe(400);
});
