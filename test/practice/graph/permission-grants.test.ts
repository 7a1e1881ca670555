import { expect, test } from 'vitest';
import { graphAppId } from '../../../src/practice/graph-permissions.ts';
import { createDirectory, itemsOf, textOf } from '../../support/graph-caller.ts';

test('a delegated consent is listed for a client that has a service principal', async () => {
  const { call, state } = await createDirectory();
  const application = await call('POST', '/applications', { displayName: 'Client' });
  state.consents.set(textOf(application, 'appId'), new Set(['User.Read', 'Mail.Send']));
  expect(itemsOf(await call('GET', '/oauth2PermissionGrants'))).toEqual([]);
  const client = await call('POST', '/servicePrincipals', { appId: application.body.appId });
  const graph = await call('GET', `/servicePrincipals(appId='${graphAppId}')?$select=id`);
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
