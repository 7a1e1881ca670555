import { expect, test } from 'vitest';
import {
  callAs,
  createDirectory,
  itemsOf,
  outcomeOf,
  personNamed,
  textOf,
} from '../../support/graph-caller.ts';

/** An application, its service principal and a person, by their ids. */
async function oneOfEach() {
  const directory = await createDirectory();
  const { call, state } = directory;
  const application = await call('POST', '/applications', { displayName: 'T&A' });
  const principal = await call('POST', '/servicePrincipals', { appId: textOf(application, 'appId') });
  const ids = [personNamed(state, 'uwe').id, textOf(application, 'id'), textOf(principal, 'id')];
  return { ...directory, ids };
}

const types = ['user', 'application', 'servicePrincipal'];

test('an object is read by its id alone, whichever kind it is of, and says of which', async () => {
  const { call, ids } = await oneOfEach();
  for (const [at, id] of ids.entries()) {
    expect((await call('GET', `/directoryObjects/${id.toUpperCase()}`)).body).toMatchObject({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects/$entity',
      '@odata.type': `#microsoft.graph.${types[at]}`,
      id,
    });
  }
  const selected = await call('GET', `/directoryObjects('${ids[1]}')?$select=displayName`);
  expect(selected.body).toEqual({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects(displayName)/$entity',
    '@odata.type': '#microsoft.graph.application',
    displayName: 'T&A',
  });
  const nobody = await call('GET', '/directoryObjects/0b0c0d0e-0000-4000-a000-000000000009');
  expect(outcomeOf(nobody)).toContain('404 Request_ResourceNotFound');
});

test('many are read by their ids, as far as they exist and are of a type that is asked for', async () => {
  const { call, ids } = await oneOfEach();
  const asked = (body: object) => call('POST', '/directoryObjects/getByIds', body);
  const all = await asked({ ids: [...ids, '0b0c0d0e-0000-4000-a000-000000000009'] });
  expect(all.body).toMatchObject({ '@odata.context': expect.stringMatching(/#directoryObjects$/) });
  expect(itemsOf(all).map((each) => [each['@odata.type'], each.id])).toEqual(
    ids.map((id, at) => [`#microsoft.graph.${types[at]}`, id]),
  );
  expect(itemsOf(await asked({ ids, types: ['ServicePrincipal'] })).map(({ id }) => id)).toEqual([ids[2]]);
  expect(outcomeOf(await asked({ ids: ['x'] }))).toContain('400 Request_BadRequest');
});

test('what is not played is refused by its name, and who may not read the directory is refused', async () => {
  const { call, state, tenant, ids } = await oneOfEach();
  const group = state.people.find(({ kind }) => kind === 'distribution list')?.id ?? '';
  expect(outcomeOf(await call('GET', `/directoryObjects/${group}`))).toContain('501');
  expect(outcomeOf(await call('DELETE', `/directoryObjects/${ids[0]}`))).toContain('501');
  expect(outcomeOf(await call('POST', '/directoryObjects/getByIds', { ids, types: ['thing'] }))).toContain(
    "'thing'",
  );
  const others = [
    `/applications/${ids[1]}/createdOnBehalfOf`,
    "/applications?$filter=owners/any(o:o/id eq '1')",
  ];
  for (const path of [
    ...others,
    '/directoryObjects',
    '/directoryObjects/delta',
    `/directoryObjects/${ids[0]}/getMemberGroups`,
  ])
    expect(outcomeOf(await call('GET', path)), path).toContain('501');
  const reader = await callAs(tenant, 'uwe', ['User.Read.All']);
  expect((await reader('GET', `/directoryObjects/${ids[0]}`)).status).toBe(200);
  expect((await reader('GET', `/directoryObjects/${ids[1]}`)).status).toBe(403);
  expect((await reader('POST', '/directoryObjects/getByIds', { ids })).status).toBe(403);
});

test('owners are named as an object is created; who creates it is one of them', async () => {
  const { call, state } = await oneOfEach();
  const [grace = '', uwe = ''] = ['grace', 'uwe'].map((name) => personNamed(state, name).id);
  const made = (owners: readonly string[]) =>
    call('POST', '/applications', { displayName: 'Owned', 'owners@odata.bind': owners });
  const both = await made([
    `https://graph.microsoft.com/v1.0/users/${uwe}`,
    `https://graph.microsoft.com/v1.0/directoryObjects('${grace}')`,
  ]);
  const owners = await call('GET', `/applications/${textOf(both, 'id')}/owners`);
  expect(itemsOf(owners).map(({ id }) => id)).toEqual([uwe, grace]);
  expect(outcomeOf(await made([`https://graph.microsoft.com/v1.0/users/${uwe}`]))).toContain('501');
  expect(outcomeOf(await made(['https://graph.microsoft.com/v1.0/groups/1']))).toContain('400');
  const before = state.applications.length;
  expect(
    (await made(['https://graph.microsoft.com/v1.0/users/0b0c0d0e-0000-4000-a000-000000000009'])).status,
  ).toBe(404);
  expect(state.applications.length).toBe(before);
});

test('one assignment of a role is read by its id, from both ends', async () => {
  const { call, ids, state } = await oneOfEach();
  const [, , principalId = ''] = ids;
  const resource = state.servicePrincipals.find(({ graph }) => graph.displayName === 'Microsoft Graph');
  const [role] = Array.isArray(resource?.graph.appRoles) ? resource.graph.appRoles : [];
  const grant = { principalId, resourceId: resource?.id, appRoleId: role.id };
  const made = await call('POST', `/servicePrincipals/${principalId}/appRoleAssignments`, grant);
  const id = textOf(made, 'id');
  for (const path of [`${principalId}/appRoleAssignments`, `${resource?.id}/appRoleAssignedTo`])
    expect((await call('GET', `/servicePrincipals/${path}/${id}`)).body, path).toMatchObject({
      id,
      ...grant,
    });
  expect((await call('GET', `/servicePrincipals/${principalId}/appRoleAssignedTo/${id}`)).status).toBe(404);
});
