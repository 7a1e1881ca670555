import { expect, test } from 'vitest';
import { graphClientId } from '../../../src/practice/graph-permissions.ts';
import { callAs, callWith, createDirectory, itemsOf, outcomeOf, textOf } from '../../support/graph-caller.ts';

test('one application goes the whole way: made, stood in for, granted, given a secret', async () => {
  const { state, call } = await createDirectory();
  const made = await call(
    'PATCH',
    "/applications(uniqueName='ta-exo')",
    { displayName: 'T&A' },
    { Prefer: 'create-if-missing' },
  );
  expect(made.status).toBe(201);
  const appId = textOf(made, 'appId');
  const standIn = await call(
    'PATCH',
    `/servicePrincipals(appId='${appId}')`,
    {},
    { Prefer: 'create-if-missing' },
  );
  expect(standIn.status).toBe(201);
  const graph = await call('GET', `/servicePrincipals(appId='${graphClientId}')?$select=id,appRoles`);
  const answer = await call('POST', '/$batch', {
    requests: [
      {
        id: 'grant',
        method: 'POST',
        url: `/servicePrincipals/${textOf(graph, 'id')}/appRoleAssignedTo`,
        headers: { 'Content-Type': 'application/json' },
        body: {
          principalId: textOf(standIn, 'id'),
          resourceId: textOf(graph, 'id'),
          appRoleId: 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
        },
      },
      {
        id: 'secret',
        method: 'POST',
        url: `/applications/${textOf(made, 'id')}/addPassword`,
        headers: { 'Content-Type': 'application/json' },
        body: { passwordCredential: { displayName: 'T&A secret' } },
        dependsOn: ['grant'],
      },
    ],
  });
  expect(answer.body).toMatchObject({
    responses: [
      { id: 'secret', status: 200, body: { hint: expect.any(String), secretText: expect.any(String) } },
      { id: 'grant', status: 201, body: { principalId: textOf(standIn, 'id') } },
    ],
  });
  const { body } = await call('GET', `/servicePrincipals/${textOf(standIn, 'id')}/appRoleAssignments`);
  expect(body.value).toHaveLength(1);
  expect(state.requests.filter(({ inBatch }) => inBatch).map(({ status }) => status)).toEqual([201, 200]);
});

test('every route refuses a call without a valid token', async () => {
  const { tenant } = await createDirectory();
  for (const path of ['/me', '/applications', '/organization', '/nothing']) {
    const answer = await callWith(tenant, 'x.y.z')('GET', path);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ error: { code: 'InvalidAuthenticationToken' } });
  }
});

test('an unknown route is a 404 that names the segment', async () => {
  const { call } = await createDirectory();
  const unknownRoot = await call('GET', '/nonsense/1');
  const unknownChild = await call('GET', '/me/nonsense');
  expect(unknownRoot.status).toBe(404);
  expect(unknownRoot.body).toMatchObject({
    error: { code: 'BadRequest', message: "Resource not found for the segment 'nonsense'." },
  });
  expect(unknownChild.body).toMatchObject({
    error: { message: "Resource not found for the segment 'nonsense'." },
  });
});

const notPlayed = /^501 NotImplemented: The practice tenant does not play /;

test.each([
  '/../beta/me',
  '/$metadata',
  '/groups',
  '/me/manager',
  '/users/delta',
  '/applications/delta',
  '/organization/$count',
  '/directory',
  '/policies',
  '/directory/deletedItems',
  '/directory/deletedItems/microsoft.graph.user',
  '/directory/deletedItems/graph.user',
  '/users/robin@contoso.com?$select=signInActivity',
  '/users?$select=*',
  '/users/robin@contoso.com/calendarView',
  '/users/robin@contoso.com?$expand=manager',
  '/users/robin@contoso.com/displayName?$select=mail',
  "/users?$filter=endswith(mail,'contoso.com')",
  "/users?$filter=not(mail eq 'a')",
  `/servicePrincipals(appId='${graphClientId}')/appRoles?$top=1`,
  '/policies/authorizationPolicy?$select=id',
])('Graph has %s and it is not played: that is said, and nothing else in its place', async (path) => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call('GET', path))).toMatch(notPlayed);
});

test('a query option that would change what a write answers is refused before the write', async () => {
  const { state, call } = await createDirectory();
  const answer = await call('POST', '/applications?$select=id', { displayName: 'T&A' });
  expect(outcomeOf(answer)).toMatch(notPlayed);
  expect(state.applications).toEqual([]);
});

test('a slash at the end, and the full name of an action, lead to the same', async () => {
  const { call } = await createDirectory();
  const made = await call('POST', '/applications/', { displayName: 'T&A' });
  const password = await call('POST', `/applications/${textOf(made, 'id')}/microsoft.graph.addPassword`, {});
  expect([made.status, password.status]).toEqual([201, 200]);
});

test('the short name of a type is read too, as newer SDKs of Graph write it', async () => {
  const { call } = await createDirectory();
  const deleted = await call('GET', '/directory/deletedItems/graph.application');
  const roles = await call(
    'GET',
    '/users/grace@contoso.com/transitiveMemberOf/graph.directoryRole?$select=id&$count=true',
    undefined,
    { ConsistencyLevel: 'eventual' },
  );
  expect([deleted.status, roles.status]).toEqual([200, 200]);
});

test('a property that Graph has and that is not played is not called unknown in a body', async () => {
  const { call } = await createDirectory();
  const body = { displayName: 'T&A', defaultRedirectUri: 'https://contoso.com' };
  expect(outcomeOf(await call('POST', '/applications', body))).toMatch(notPlayed);
});

test('words of a path are read in any case, and myorganization is the tenant itself', async () => {
  const { call } = await createDirectory();
  const made = await call('POST', '/MyOrganization/Applications', { displayName: 'T&A' });
  expect(made.status).toBe(201);
  const id = textOf(made, 'id');
  for (const path of [`/APPLICATIONS/${id}`, `/myorganization/applications(appId='${made.body.appId}')`])
    expect((await call('GET', path)).body.id).toBe(id);
  const password = await call('POST', `/applications/${id}/addpassword`, {});
  expect(password.status).toBe(200);
  const next = await call('GET', '/myorganization/serviceprincipals?$top=1&$select=id');
  expect(next.status).toBe(200);
});

test.each([
  ['displayName', { value: 'T&A' }],
  ['tags', { value: ['a'] }],
  ['web', { redirectUris: [], homePageUrl: null }],
  ['passwordCredentials', { value: [] }],
])('a property of an object can be read by itself: %s', async (name, shown) => {
  const { call } = await createDirectory();
  const made = await call('POST', '/applications', { displayName: 'T&A', tags: ['a'] });
  const read = await call('GET', `/applications/${textOf(made, 'id')}/${name}`);
  expect([read.status, read.body]).toMatchObject([200, shown]);
});

test('a property that is null has no content', async () => {
  const { call } = await createDirectory();
  const made = await call('POST', '/applications', { displayName: 'T&A' });
  expect((await call('GET', `/applications/${textOf(made, 'id')}/notes`)).status).toBe(204);
});

test("Graph's own permissions are read at its service principal, all that Microsoft publishes", async () => {
  const { call } = await createDirectory();
  const below = `/servicePrincipals(appId='${graphClientId}')`;
  expect(itemsOf(await call('GET', `${below}/appRoles`)).length).toBeGreaterThan(500);
  const scopes = itemsOf(await call('GET', `${below}/oauth2PermissionScopes`));
  expect(scopes.map(({ value }) => value)).toContain('User.ReadWrite.All');
});

test.each([
  ['PUT', '/applications'],
  ['GET', '/applications/x/addPassword'],
  ['GET', '/me/sendMail'],
  ['GET', '/me/messages/x/send'],
])('%s %s is what Graph has no such method for', async (method, path) => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call(method, path))).toBe(
    '405 Request_BadRequest: Specified HTTP method is not allowed for the request target.',
  );
});

test.each([
  ['POST', '/users'],
  ['PATCH', '/users/robin@contoso.com'],
  ['POST', '/me/mailFolders/drafts/messages'],
  ['PUT', '/applications/x/logo'],
  ['POST', '/applications/x/addKey'],
  ['POST', '/servicePrincipals/x/addPassword'],
])('Graph has %s %s, and it is not played', async (method, path) => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call(method, path, {}))).toMatch(notPlayed);
});

test('mail is served beside the directory, to users by key and to oneself', async () => {
  const { tenant } = await createDirectory();
  const call = await callAs(tenant, 'robin', ['Mail.ReadWrite']);
  for (const path of ['/me/messages', "/users('robin@contoso.com')/messages"]) {
    expect((await call('POST', path, { subject: 'Hours' })).status).toBe(201);
  }
  expect(itemsOf(await call('GET', '/me/mailFolders/drafts/messages'))).toHaveLength(2);
});

test('answers carry the ids that support asks for', async () => {
  const { call } = await createDirectory();
  const answer = await call('GET', '/applications/none', undefined, { 'client-request-id': 'mine' });
  expect(answer.headers.get('client-request-id')).toBe('mine');
  expect(answer.headers.get('odata-version')).toBe('4.0');
  expect(answer.body).toMatchObject({
    error: {
      code: 'Request_ResourceNotFound',
      message:
        "Resource 'none' does not exist or one of its queried reference-property objects are not present.",
      innerError: {
        'client-request-id': 'mine',
        'request-id': answer.headers.get('request-id'),
        date: '2026-11-23T22:00:00',
      },
    },
  });
});

test('Microsoft Graph itself is in the directory with its roles', async () => {
  const { call } = await createDirectory();
  const list = await call(
    'GET',
    `/servicePrincipals?$filter=appId eq '${graphClientId}'&$select=displayName`,
  );
  expect(itemsOf(list)).toEqual([{ displayName: 'Microsoft Graph' }]);
});
