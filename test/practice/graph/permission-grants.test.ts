import { expect, test } from 'vitest';
import { graphClientId } from '../../../src/practice/graph-permissions.ts';
import { recordConsent } from '../../../src/practice/login/scopes.ts';
import {
  adminScopes,
  callAs,
  createDirectory,
  itemsOf,
  outcomeOf,
  textOf,
} from '../../support/graph-caller.ts';

test('a delegated consent is listed for a client that has a service principal', async () => {
  const { call, state } = await createDirectory();
  const application = await call('POST', '/applications', { displayName: 'Client' });
  state.consents.set(textOf(application, 'appId'), new Set(['User.Read', 'Mail.Send']));
  expect(itemsOf(await call('GET', '/oauth2PermissionGrants'))).toEqual([]);
  const client = await call('POST', '/servicePrincipals', { appId: application.body.appId });
  const graph = await call('GET', `/servicePrincipals(appId='${graphClientId}')?$select=id`);
  expect(
    itemsOf(await call('GET', `/oauth2PermissionGrants?$filter=clientId eq '${client.body.id}'`)),
  ).toEqual([
    {
      clientId: client.body.id,
      consentType: 'AllPrincipals',
      id: expect.any(String),
      principalId: null,
      resourceId: graph.body.id,
      scope: 'User.Read Mail.Send',
    },
  ]);
});

test('a client without any consent has no entry', async () => {
  const { call, state } = await createDirectory();
  const application = await call('POST', '/applications', { displayName: 'Client' });
  await call('POST', '/servicePrincipals', { appId: application.body.appId });
  state.consents.set(textOf(application, 'appId'), new Set());
  expect(itemsOf(await call('GET', '/oauth2PermissionGrants'))).toEqual([]);
});

test('an administrator consents for everybody, changes it and takes it back', async () => {
  const { tenant, state } = await createDirectory();
  const call = await callAs(tenant, 'grace', [...adminScopes, 'DelegatedPermissionGrant.ReadWrite.All']);
  const application = await call('POST', '/applications', { displayName: 'Client' });
  const client = await call('POST', '/servicePrincipals', { appId: application.body.appId });
  const graph = await call('GET', `/servicePrincipals(appId='${graphClientId}')?$select=id`);
  const body = {
    clientId: client.body.id,
    consentType: 'AllPrincipals',
    principalId: null,
    resourceId: graph.body.id,
    scope: 'User.Read Mail.Send',
  };
  const made = await call('POST', '/oauth2PermissionGrants', body);
  expect([made.status, made.body.scope]).toEqual([201, 'User.Read Mail.Send']);
  const path = `/oauth2PermissionGrants/${textOf(made, 'id')}`;
  expect(outcomeOf(await call('POST', '/oauth2PermissionGrants', body))).toMatch(/^409 Request_Multiple/);
  expect((await call('PATCH', path, { scope: 'User.Read' })).status).toBe(204);
  expect((await call('GET', path)).body.scope).toBe('User.Read');
  expect(state.consents.get(textOf(application, 'appId'))).toEqual(new Set(['User.Read']));
  expect((await call('DELETE', path)).status).toBe(204);
  expect(outcomeOf(await call('GET', path))).toMatch(/^404 Request_ResourceNotFound/);
  const ofOne = { ...body, consentType: 'Principal', principalId: client.body.id };
  expect(outcomeOf(await call('POST', '/oauth2PermissionGrants', ofOne))).toMatch(/^501 NotImplemented/);
  const asReader = await callAs(tenant, 'rita', [...adminScopes, 'DelegatedPermissionGrant.ReadWrite.All']);
  expect(outcomeOf(await asReader('POST', '/oauth2PermissionGrants', body))).toMatch(/^403 /);
});

test("a client of Microsoft's own gets its service principal by the first consent", async () => {
  const { call, state } = await createDirectory();
  const principal = () => call('GET', "/servicePrincipals(appId='14d82eec-204b-4c2f-b7e8-296a70dab67e')");
  expect((await principal()).status).toBe(404);
  recordConsent(state, '14d82eec-204b-4c2f-b7e8-296a70dab67e', ['User.Read']);
  expect((await principal()).body).toMatchObject({
    displayName: 'Microsoft Graph Command Line Tools',
    appRoles: [],
  });
  expect(itemsOf(await call('GET', '/oauth2PermissionGrants'))).toMatchObject([{ scope: 'User.Read' }]);
});
