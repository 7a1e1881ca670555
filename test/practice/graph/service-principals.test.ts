import { expect, test } from 'vitest';
import { graphClientId } from '../../../src/practice/graph-permissions.ts';
import {
  appRoleId,
  callAsApp,
  createDirectory,
  type Directory,
  itemsOf,
  outcomeOf,
  textOf,
} from '../../support/graph-caller.ts';

const createIfMissing = { Prefer: 'create-if-missing' };
const unknown = '00000000-0000-4000-a000-000000000001';

async function appIdOf({ call }: Directory): Promise<string> {
  return textOf(await call('POST', '/applications', { displayName: 'T&A' }), 'appId');
}

test('a new service principal stands for its application', async () => {
  const directory = await createDirectory();
  const appId = await appIdOf(directory);
  const tags = ['WindowsAzureActiveDirectoryIntegratedApp'];
  const made = await directory.call('POST', '/servicePrincipals', { appId, tags });
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toBe(
    `https://graph.microsoft.com/v1.0/servicePrincipals/${textOf(made, 'id')}`,
  );
  expect(made.body).toMatchObject({
    accountEnabled: true,
    appDisplayName: 'T&A',
    appId,
    appOwnerOrganizationId: directory.state.organization.id,
    displayName: 'T&A',
    servicePrincipalNames: [appId],
    servicePrincipalType: 'Application',
    signInAudience: 'AzureADMyOrg',
    tags,
  });
});

test('GUIDs in a body are read without regard to case', async () => {
  const directory = await createDirectory();
  const appId = await appIdOf(directory);
  const made = await directory.call('POST', '/servicePrincipals', { appId: appId.toUpperCase() });
  expect(made.body.appId).toBe(appId);
});

test('a second service principal of one application is a conflict', async () => {
  const directory = await createDirectory();
  const appId = await appIdOf(directory);
  await directory.call('POST', '/servicePrincipals', { appId });
  const again = await directory.call('POST', '/servicePrincipals', { appId });
  const message = `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`;
  expect(again.status).toBe(409);
  expect(again.body).toMatchObject({
    error: {
      code: 'Request_MultipleObjectsWithSameKeyValue',
      message,
      details: [{ code: 'ObjectConflict', message, target: 'servicePrincipalNames' }],
    },
  });
});

test('an upsert makes, then changes', async () => {
  const directory = await createDirectory();
  const path = `/servicePrincipals(appId='${await appIdOf(directory)}')`;
  expect((await directory.call('PATCH', path, {})).status).toBe(404);
  expect((await directory.call('PATCH', path, {}, createIfMissing)).status).toBe(201);
  expect((await directory.call('PATCH', path, { notes: 'ours' }, createIfMissing)).status).toBe(204);
  expect((await directory.call('GET', `${path}?$select=notes`)).body.notes).toBe('ours');
});

test('an upsert whose body names another appId is refused', async () => {
  const directory = await createDirectory();
  const path = `/servicePrincipals(appId='${await appIdOf(directory)}')`;
  expect(outcomeOf(await directory.call('PATCH', path, { appId: unknown }, createIfMissing))).toBe(
    "400 Request_BadRequest: Property 'appId' is read-only and cannot be set.",
  );
});

test('an appId without an application is refused', async () => {
  const { call } = await createDirectory();
  const answer = await call('POST', '/servicePrincipals', { appId: unknown });
  const message = `The appId '${unknown}' of the service principal does not reference a valid application object.`;
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    error: {
      code: 'Request_BadRequest',
      message,
      details: [{ code: 'NoBackingApplicationObject', message, target: 'appId' }],
    },
  });
});

test('an application on its way meets two misleading errors in turn, then works', async () => {
  const directory = await createDirectory({ lagFactor: 1 });
  const appId = await appIdOf(directory);
  const path = `/servicePrincipals(appId='${appId}')`;
  const attempt = async () => outcomeOf(await directory.call('PATCH', path, {}, createIfMissing));
  const notValid = `400 Request_BadRequest: The appId '${appId}' of the service principal does not reference a valid application object.`;
  expect(await attempt()).toBe(notValid);
  expect(await attempt()).toBe(
    '403 Authorization_RequestDenied: When using this permission, the backing application of the service principal being created must in the local tenant',
  );
  expect(await attempt()).toBe(notValid);
  directory.clock.advance(300);
  expect(await attempt()).toBe('201');
});

test('an application that owns what it makes may not stand in for what others made', async () => {
  const directory = await createDirectory();
  const { call } = await callAsApp(directory.tenant, ['Application.ReadWrite.OwnedBy']);
  const foreign = await appIdOf(directory);
  expect(outcomeOf(await call('POST', '/servicePrincipals', { appId: foreign }))).toMatch(
    /^403 Authorization_RequestDenied: When using this permission/,
  );
  const own = await call('POST', '/applications', { displayName: 'Own' });
  expect((await call('POST', '/servicePrincipals', { appId: own.body.appId })).status).toBe(201);
});

test('a deleted service principal is gone, and can be made anew', async () => {
  const directory = await createDirectory();
  const path = `/servicePrincipals(appId='${await appIdOf(directory)}')`;
  await directory.call('PATCH', path, {}, createIfMissing);
  expect((await directory.call('DELETE', path)).status).toBe(204);
  expect((await directory.call('GET', path)).status).toBe(404);
  expect((await directory.call('PATCH', path, {}, createIfMissing)).status).toBe(201);
});

test.each([graphClientId, '00000002-0000-0ff1-ce00-000000000000'])(
  "the service principal %s is Microsoft's own: it is neither deleted nor changed in silence",
  async (appId) => {
    const { call } = await createDirectory();
    const path = `/servicePrincipals(appId='${appId}')`;
    const notPlayed = /^501 NotImplemented: The practice tenant does not play .* which is Microsoft's own\.$/;
    expect(outcomeOf(await call('DELETE', path))).toMatch(notPlayed);
    expect(outcomeOf(await call('PATCH', path, { accountEnabled: false }))).toMatch(notPlayed);
    expect((await call('GET', `${path}?$select=accountEnabled`)).body.accountEnabled).toBe(true);
  },
);

test("an application of Microsoft's that the tenant does not have yet is not said to be none", async () => {
  const { call } = await createDirectory();
  const appId = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
  expect((await call('POST', '/servicePrincipals', { appId })).status).toBe(501);
});

test("Microsoft Graph's roles are read with their real ids", async () => {
  const { call } = await createDirectory();
  const { body } = await call(
    'GET',
    `/servicePrincipals(appId='${graphClientId}')?$select=id,appId,appRoles`,
  );
  expect(body.appRoles).toContainEqual(
    expect.objectContaining({
      id: appRoleId('Mail.Send'),
      value: 'Mail.Send',
      allowedMemberTypes: ['Application'],
      isEnabled: true,
      origin: 'Application',
    }),
  );
});

test("Exchange's own API is in the tenant, and its roles can be granted", async () => {
  const directory = await createDirectory();
  const { call } = directory;
  const exchange = "/servicePrincipals(appId='00000002-0000-0ff1-ce00-000000000000')";
  const { body } = await call('GET', `${exchange}?$select=id,displayName,appRoles,oauth2PermissionScopes`);
  expect(body).toMatchObject({
    displayName: 'Office 365 Exchange Online',
    appRoles: expect.arrayContaining([
      expect.objectContaining({ value: 'full_access_as_app', id: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40' }),
      expect.objectContaining({ value: 'Exchange.ManageAsApp', id: 'dc50a0fb-09a3-484d-be87-e023b12c6440' }),
    ]),
    oauth2PermissionScopes: expect.arrayContaining([
      expect.objectContaining({ value: 'EWS.AccessAsUser.All', id: '3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5' }),
    ]),
  });
  const made = await call('POST', '/servicePrincipals', { appId: await appIdOf(directory) });
  const grant = { principalId: textOf(made, 'id'), resourceId: body.id, appRoleId: unknown };
  const path = `/servicePrincipals/${body.id}/appRoleAssignedTo`;
  expect(outcomeOf(await call('POST', path, grant))).toMatch(/^400 Request_BadRequest: Permission being/);
  const known = { ...grant, appRoleId: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40' };
  expect((await call('POST', path, known)).body.resourceDisplayName).toBe('Office 365 Exchange Online');
});

test('service principals are listed and filtered', async () => {
  const directory = await createDirectory();
  const appId = await appIdOf(directory);
  await directory.call('POST', '/servicePrincipals', { appId });
  const list = await directory.call('GET', `/servicePrincipals?$filter=appId eq '${appId}'&$select=appId`);
  expect(itemsOf(list)).toEqual([{ appId }]);
});

test.each([
  [{ appId: 'x' }, "Invalid value specified for property 'appId' of resource 'ServicePrincipal'."],
  [{ appId: unknown, colour: 1 }, "Invalid property 'colour'."],
  [{ appId: unknown, id: unknown }, "Property 'id' is read-only and cannot be set."],
  [{}, "A value is required for property 'appId' of resource 'ServicePrincipal'."],
])('a service principal cannot be made with %j', async (body, message) => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call('POST', '/servicePrincipals', body))).toBe(
    `400 Request_BadRequest: ${message}`,
  );
});
