import { expect, test } from 'vitest';
import { graphClientId } from '../../../src/practice/graph-permissions.ts';
import { appRoleId, createDirectory, itemsOf, outcomeOf, textOf } from '../../support/graph-caller.ts';

const unknown = '00000000-0000-4000-a000-000000000001';
const mailSend = appRoleId('Mail.Send');

/** A directory with one service principal, and Microsoft Graph's. */
async function withPrincipal(options: { lagFactor?: number } = {}) {
  const directory = await createDirectory(options);
  const { call, clock } = directory;
  const application = await call('POST', '/applications', { displayName: 'T&A' });
  clock.advance(300);
  const principal = await call('POST', '/servicePrincipals', { appId: application.body.appId });
  const graph = await call('GET', `/servicePrincipals(appId='${graphClientId}')`);
  const [principalId, resourceId] = [textOf(principal, 'id'), textOf(graph, 'id')];
  const to = `/servicePrincipals/${resourceId}/appRoleAssignedTo`;
  const of = `/servicePrincipals/${principalId}/appRoleAssignments`;
  const grant = (appRoleId = mailSend, path = to) =>
    call('POST', path, { principalId, resourceId, appRoleId });
  return { ...directory, principalId, resourceId, to, of, grant };
}

test('a grant is answered with both names, and seen from both ends', async () => {
  const { call, principalId, resourceId, to, of, grant } = await withPrincipal();
  const made = await grant();
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('${resourceId}')/appRoleAssignedTo/$entity`,
    id: expect.stringMatching(/^[\w-]{43}$/),
    deletedDateTime: null,
    appRoleId: mailSend,
    principalDisplayName: 'T&A',
    principalId,
    principalType: 'ServicePrincipal',
    resourceDisplayName: 'Microsoft Graph',
    resourceId,
  });
  expect(itemsOf(await call('GET', of))).toMatchObject([{ id: made.body.id }]);
  expect(itemsOf(await call('GET', to))).toMatchObject([{ id: made.body.id }]);
});

test('a grant can be made from either end, and by appId', async () => {
  const { call, of, grant } = await withPrincipal();
  const byAppId = `/servicePrincipals(appId='${graphClientId}')/appRoleAssignedTo`;
  expect((await grant(appRoleId('Mail.Send'), of)).status).toBe(201);
  expect((await grant(appRoleId('Mail.ReadWrite'), byAppId)).status).toBe(201);
  expect(itemsOf(await call('GET', of))).toHaveLength(2);
  expect(itemsOf(await call('GET', byAppId))).toHaveLength(2);
});

test('a grant is made once', async () => {
  const { state, grant } = await withPrincipal();
  await grant();
  expect(outcomeOf(await grant())).toBe(
    '400 Request_BadRequest: Permission being assigned already exists on the object',
  );
  expect(state.grants).toHaveLength(1);
});

test('a role that the resource does not offer cannot be granted', async () => {
  const { grant } = await withPrincipal();
  expect(outcomeOf(await grant(unknown))).toBe(
    `400 Request_BadRequest: Permission being assigned was not found on application '${graphClientId}'.`,
  );
});

test('what the address says and what the body says must agree', async () => {
  const { call, principalId, resourceId, to, of } = await withPrincipal();
  const ends = { principalId, resourceId, appRoleId: mailSend };
  const disagree = (property: string) =>
    `400 Request_BadRequest: Invalid value specified for property '${property}' of resource 'AppRoleAssignment'.`;
  expect(outcomeOf(await call('POST', to, { ...ends, resourceId: unknown }))).toBe(disagree('resourceId'));
  expect(outcomeOf(await call('POST', of, { ...ends, principalId: unknown }))).toBe(disagree('principalId'));
});

test('an unknown principal or resource is not found', async () => {
  const { call, principalId, resourceId, to, of } = await withPrincipal();
  const notFound = `404 Request_ResourceNotFound: Resource '${unknown}' does not exist or one of its queried reference-property objects are not present.`;
  const foreign = await call('POST', to, { principalId: unknown, resourceId, appRoleId: mailSend });
  expect(outcomeOf(foreign)).toBe(notFound);
  const nowhere = await call('POST', of, { principalId, resourceId: unknown, appRoleId: mailSend });
  expect(outcomeOf(nowhere)).toBe(notFound);
});

test('a service principal on its way meets two misleading errors in turn; a new grant is listed late', async () => {
  const { call, clock, principalId, of, grant } = await withPrincipal({ lagFactor: 1 });
  expect(outcomeOf(await grant())).toMatch(`404 Request_ResourceNotFound: Resource '${principalId}'`);
  expect(outcomeOf(await grant())).toBe('400 Request_BadRequest: Not a valid reference update');
  clock.advance(300);
  expect(outcomeOf(await grant())).toBe('201');
  expect(itemsOf(await call('GET', of))).toEqual([]);
  clock.advance(300);
  expect(itemsOf(await call('GET', of))).toHaveLength(1);
});

test('a grant can be taken back from either end, once', async () => {
  const { call, state, to, of, grant } = await withPrincipal();
  for (const path of [to, of]) {
    const made = await grant();
    expect((await call('DELETE', `${path}/${made.body.id}`)).status).toBe(204);
    expect((await call('DELETE', `${path}/${made.body.id}`)).status).toBe(404);
  }
  expect(state.grants).toEqual([]);
});

test('grants can be filtered by resource', async () => {
  const { call, resourceId, of, grant } = await withPrincipal();
  await grant();
  expect(itemsOf(await call('GET', `${of}?$filter=resourceId eq ${resourceId}`))).toHaveLength(1);
  expect(itemsOf(await call('GET', `${of}?$filter=resourceId eq ${unknown}`))).toEqual([]);
  const asText = await call('GET', `${of}?$filter=resourceId eq '${resourceId}'`);
  expect([asText.status, JSON.stringify(asText.body)]).toEqual([
    400,
    expect.stringContaining("Found operand types 'Edm.Guid' and 'Edm.String' for operator kind 'Equal'."),
  ]);
  expect((await call('GET', `${of}?$filter=principalId eq ${unknown}`)).status).toBe(501);
});

test.each([
  [{ colour: 1 }, "Invalid property 'colour'."],
  [
    { appRoleId: 'Mail.Send' },
    "Invalid value specified for property 'appRoleId' of resource 'AppRoleAssignment'.",
  ],
  [{ id: 'x' }, "Property 'id' is read-only and cannot be set."],
])('a grant cannot be made with %j', async (wrong, message) => {
  const { call, principalId, resourceId, to } = await withPrincipal();
  const answer = await call('POST', to, { principalId, resourceId, appRoleId: mailSend, ...wrong });
  expect(outcomeOf(answer)).toBe(`400 Request_BadRequest: ${message}`);
});
