import { expect, test } from 'vitest';
import { graphAppId } from '../../../src/practice/graph-permissions.ts';
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
  const graph = await call('GET', `/servicePrincipals(appId='${graphAppId}')?$select=id,appRoles`);
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

test('beta is not played', async () => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call('GET', '/../beta/me'))).toBe(
    "404 BadRequest: Resource not found for the segment 'beta'.",
  );
});

test('a known route with another method is a 405', async () => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call('PUT', '/applications', {}))).toBe(
    '405 Request_BadRequest: Specified HTTP method is not allowed for the request target.',
  );
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
  const list = await call('GET', `/servicePrincipals?$filter=appId eq '${graphAppId}'&$select=displayName`);
  expect(itemsOf(list)).toEqual([{ displayName: 'Microsoft Graph' }]);
});
