import { expect, test } from 'vitest';
import { readServicePrincipal } from '../../../src/practice/graph/service-principal-store.ts';
import { graphClientId } from '../../../src/practice/graph-permissions.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import {
  type Answer,
  appRoleId,
  callAs,
  callAsApp,
  createDirectory,
  type GraphCall,
  itemsOf,
  outcomeOf,
  personNamed,
  textOf,
} from '../../support/graph-caller.ts';

/**
 * What Terraform's provider azuread sends, request by request, where a configuration has an application, its service principal, a
 * password and the assignment of an application role: github.com/hashicorp/terraform-provider-azuread, f0169e0 of 17 Aug 2026,
 * application_resource.go, service_principal_resource.go, application_password_resource.go, app_role_assignment_resource.go.
 */

/** It repeats what is not there yet, as the provider's client does. */
function patient(send: GraphCall, clock: FakeClock): GraphCall {
  const lags = /valid application object|backing application|valid reference update/;
  return async (...asked) => {
    for (let tries = 0; ; tries += 1) {
      const answer = await send(...asked);
      const isLate = answer.status === 404 || lags.test(JSON.stringify(answer.body));
      if (!isLate || tries === 30) return answer;
      clock.advance(1000);
    }
  };
}

const typed = (name: string, body: object) => ({ '@odata.type': `#microsoft.graph.${name}`, ...body });
const linksTo = (owners: readonly string[]) =>
  owners.map((id) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`);
const ownersOf = async (call: GraphCall, path: string) =>
  itemsOf(await call('GET', `${path}/owners`)).map(({ id }) => id);

async function application(call: GraphCall, caller: string, owners: readonly string[], roleId: string) {
  const resource = { resourceAppId: graphClientId, resourceAccess: [{ id: roleId, type: 'Role' }] };
  const made = await call('POST', '/applications', {
    ...typed('application', { description: null, displayName: 'T&A', notes: null, tags: [] }),
    api: typed('apiApplication', {
      acceptMappedClaims: false,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      requestedAccessTokenVersion: 1,
    }),
    ...{
      appRoles: [],
      groupMembershipClaims: null,
      identifierUris: [],
      serviceManagementReference: null,
    },
    info: { marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
    ...{ isDeviceOnlyAuthSupported: false, isFallbackPublicClient: false, optionalClaims: {} },
    ...{ publicClient: { redirectUris: [] }, spa: { redirectUris: [] }, signInAudience: 'AzureADMyOrg' },
    requiredResourceAccess: [typed('requiredResourceAccess', resource)],
    web: {
      ...{ homePageUrl: null, logoutUrl: null, redirectUris: [] },
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    },
    'owners@odata.bind': linksTo([caller, ...owners]),
  });
  const path = `/applications/${textOf(made, 'id')}`;
  for (const displayName of ['TERRAFORM_UPDATE_1', 'T&A'])
    expect((await call('PATCH', path, typed('application', { displayName }))).status).toBe(204);
  if (!owners.includes(caller)) await call('DELETE', `${path}/owners/${caller}/$ref`);
  expect((await call('GET', path)).status).toBe(200);
  const beta = await call('GET', `/../beta${path}?$select=oauth2RequirePostResponse`);
  expect(beta.body).toMatchObject({ oauth2RequirePostResponse: false });
  return { path, answer: made, owners: await ownersOf(call, path) };
}

async function servicePrincipal(call: GraphCall, caller: string, owners: readonly string[], appId: string) {
  const found = await call('GET', `/servicePrincipals?$filter=appId%20eq%20'${appId}'`);
  expect(itemsOf(found)).toEqual([]);
  const made = await call('POST', '/servicePrincipals', {
    ...typed('servicePrincipal', { accountEnabled: true, alternativeNames: [], appId, tags: [] }),
    ...{
      appRoleAssignmentRequired: false,
      description: 'TERRAFORM_UPDATE_2',
      loginUrl: null,
      notes: null,
    },
    ...{ notificationEmailAddresses: [], preferredSingleSignOnMode: null },
    samlSingleSignOnSettings: typed('samlSingleSignOnSettings', {}),
    'owners@odata.bind': linksTo([caller, ...owners]),
  });
  expect(outcomeOf(made)).toMatch(/^201/);
  const path = `/servicePrincipals/${textOf(made, 'id')}`;
  expect((await call('PATCH', path, typed('servicePrincipal', { description: null }))).status).toBe(204);
  if (!owners.includes(caller)) await call('DELETE', `${path}/owners/${caller}/$ref`);
  expect((await call('GET', path)).body).toMatchObject({ description: null, loginUrl: null });
  return { path, owners: await ownersOf(call, path) };
}

async function password(call: GraphCall, clock: FakeClock, path: string) {
  const credential = { displayName: 'T&A', endDateTime: '2027-05-01T00:00:00Z' };
  const added = await call('POST', `${path}/addPassword`, {
    passwordCredential: typed('passwordCredential', credential),
  });
  const keyId = textOf(added, 'keyId');
  for (let seen: Answer; ; clock.advance(1000)) {
    seen = await call('GET', path);
    if (JSON.stringify(seen.body.passwordCredentials).includes(keyId)) break;
  }
  return keyId;
}

async function role(call: GraphCall, resourceId: string, principalId: string, roleId: string) {
  expect((await call('GET', `/servicePrincipals/${resourceId}`)).status).toBe(200);
  const granted = await call('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, {
    ...typed('appRoleAssignment', { appRoleId: roleId, principalId, resourceId }),
  });
  const path = `/servicePrincipals/${resourceId}/appRoleAssignedTo/${textOf(granted, 'id')}`;
  expect((await call('GET', path)).body).toMatchObject({ appRoleId: roleId, principalId });
  return path;
}

async function remove(send: GraphCall, ...paths: readonly string[]) {
  for (const path of paths) {
    expect((await send('DELETE', path)).status).toBe(204);
    expect((await send('GET', path)).status).toBe(404);
  }
}

test.each(['a person', 'an application'])(
  "Terraform's provider makes, reads and removes a set-up, as %s",
  async (who) => {
    const { tenant, state, clock } = await createDirectory({ lagFactor: who === 'a person' ? 1 : 0 });
    const permissions = [
      'Application.ReadWrite.All',
      'AppRoleAssignment.ReadWrite.All',
      'Directory.Read.All',
    ];
    const asApp = who === 'an application' ? await callAsApp(tenant, permissions) : undefined;
    const send = asApp?.call ?? (await callAs(tenant, 'grace'));
    const call = patient(send, clock);
    const caller = asApp?.servicePrincipal.id ?? personNamed(state, 'grace').id;
    const owner = personNamed(state, 'uwe').id;
    const graph = readServicePrincipal(state, { by: 'appId', value: graphClientId }).id;
    const mailSend = appRoleId('Mail.Send');

    const made = await application(call, caller, [owner], mailSend);
    expect(made.owners).toEqual([owner]);
    const principal = await servicePrincipal(call, caller, [owner], textOf(made.answer, 'appId'));
    expect(principal.owners).toEqual([owner]);
    const keyId = await password(call, clock, made.path);
    const grant = await role(call, graph, principal.path.replace('/servicePrincipals/', ''), mailSend);

    expect((await call('POST', `${made.path}/removePassword`, { keyId })).status).toBe(204);
    await remove(send, grant, principal.path, made.path);
  },
);
