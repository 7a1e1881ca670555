import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDirectory, type GraphCall, itemsOf, outcomeOf, textOf } from '../../support/graph-caller.ts';

const createIfMissing = { Prefer: 'create-if-missing' };

function upsert(call: GraphCall, uniqueName: string, body: unknown = { displayName: 'T&A' }) {
  return call('PATCH', `/applications(uniqueName='${uniqueName}')`, body, createIfMissing);
}

test('a new application has every property with its default', async () => {
  const { call, state } = await createDirectory();
  const made = await call('POST', '/applications', { displayName: 'T&A' });
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toBe(
    `https://graph.microsoft.com/v1.0/applications/${textOf(made, 'id')}`,
  );
  expect(made.body).toMatchObject({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications/$entity',
    createdDateTime: '2026-11-23T22:00:00Z',
    deletedDateTime: null,
    displayName: 'T&A',
    identifierUris: [],
    passwordCredentials: [],
    publisherDomain: state.organization.defaultDomain,
    requiredResourceAccess: [],
    signInAudience: 'AzureADMyOrg',
    tags: [],
    uniqueName: null,
    web: { redirectUris: [], implicitGrantSettings: { enableIdTokenIssuance: false } },
  });
});

test('an application is found by each of its three keys', async () => {
  const { call } = await createDirectory();
  const made = await upsert(call, "o'clock");
  for (const key of [
    `/${textOf(made, 'id')}`,
    `('${textOf(made, 'id')}')`,
    `(appId='${textOf(made, 'appId')}')`,
    "(uniqueName='o''clock')",
  ]) {
    const read = await call('GET', `/applications${key}?$select=id`);
    expect(read.body.id).toBe(made.body.id);
  }
});

test('an upsert makes, then changes: 201 with the object, 204 with nothing', async () => {
  const { call } = await createDirectory();
  const made = await upsert(call, 'ta');
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ displayName: 'T&A', uniqueName: 'ta' });
  const changed = await upsert(call, 'ta', { displayName: 'T&A 2', tags: ['ta'] });
  expect([changed.status, changed.body]).toEqual([204, {}]);
  const read = await call('GET', "/applications(uniqueName='ta')?$select=displayName,tags");
  expect(read.body).toMatchObject({ displayName: 'T&A 2', tags: ['ta'] });
});

test('an upsert without its header only changes', async () => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call('PATCH', "/applications(uniqueName='ta')", { displayName: 'T&A' }))).toMatch(
    /^404 Request_ResourceNotFound: Resource 'ta' does not exist/,
  );
});

test('an upsert needs a display name to make something, and no other unique name than its key', async () => {
  const { call } = await createDirectory();
  expect(outcomeOf(await upsert(call, 'ta', {}))).toBe(
    "400 Request_BadRequest: A value is required for property 'displayName' of resource 'Application'.",
  );
  expect(outcomeOf(await upsert(call, 'ta', { displayName: 'T&A', uniqueName: 'x' }))).toMatch(
    /^400 Request_BadRequest: The value of property 'uniqueName' does not match/,
  );
});

test('only a unique name can be made by upsert', async () => {
  const { call } = await createDirectory();
  const unknown = '00000000-0000-4000-a000-000000000001';
  const answer = await call(
    'PATCH',
    `/applications(appId='${unknown}')`,
    { displayName: 'x' },
    createIfMissing,
  );
  expect(answer.status).toBe(404);
});

test('any sequence of upserts leaves one application per unique name, also while replicas lag', async () => {
  const names = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
  const { call, state, clock } = await createDirectory({ lagFactor: 1 });
  await fc.assert(
    fc.asyncProperty(names, fc.array(fc.nat(400), { maxLength: 8 }), async (sequence, pauses) => {
      state.applications.length = 0;
      for (const [at, name] of sequence.entries()) {
        await upsert(call, name);
        clock.advance(pauses[at] ?? 0);
      }
      const made = state.applications.map(({ graph }) => graph.uniqueName);
      expect(new Set(made)).toEqual(new Set(sequence));
      expect(made).toHaveLength(new Set(sequence).size);
    }),
  );
});

test('two applications may share a display name, but not a unique name', async () => {
  const { call } = await createDirectory();
  const body = { displayName: 'T&A', uniqueName: 'ta' };
  expect((await call('POST', '/applications', body)).status).toBe(201);
  expect((await call('POST', '/applications', { displayName: 'T&A' })).status).toBe(201);
  const refused = await call('POST', '/applications', body);
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({
    error: {
      code: 'Request_BadRequest',
      message: 'Another object with the same value for property uniqueName already exists.',
      details: [{ code: 'ObjectConflict', target: 'uniqueName' }],
    },
  });
});

test('a unique name is given once and for all', async () => {
  const { call } = await createDirectory();
  const { body } = await call('POST', '/applications', { displayName: 'T&A' });
  const name = (uniqueName: string) => call('PATCH', `/applications/${body.id}`, { uniqueName });
  expect((await name('ta')).status).toBe(204);
  expect((await name('ta')).status).toBe(204);
  expect(outcomeOf(await name('other'))).toBe(
    "400 Request_BadRequest: Property 'uniqueName' is immutable and cannot be changed.",
  );
});

test('a change of a complex property leaves the rest of it', async () => {
  const { call } = await createDirectory();
  const { body } = await call('POST', '/applications', {
    displayName: 'T&A',
    web: { homePageUrl: 'https://contoso.com' },
  });
  await call('PATCH', `/applications/${body.id}`, { web: { redirectUris: ['http://localhost'] } });
  const read = await call('GET', `/applications/${body.id}?$select=web`);
  expect(read.body.web).toMatchObject({
    homePageUrl: 'https://contoso.com',
    redirectUris: ['http://localhost'],
  });
});

test('a new application is unknown to reads, changes and lists until it has arrived', async () => {
  const { call, clock } = await createDirectory({ lagFactor: 1 });
  const made = await call('POST', '/applications', { displayName: 'T&A' });
  const path = `/applications/${textOf(made, 'id')}`;
  const notThere = `404 Request_ResourceNotFound: Resource '${textOf(made, 'id')}' does not exist or one of its queried reference-property objects are not present.`;
  expect(outcomeOf(await call('GET', path))).toBe(notThere);
  expect(outcomeOf(await call('PATCH', path, { notes: 'x' }))).toBe(notThere);
  expect(outcomeOf(await call('POST', `${path}/addPassword`, {}))).toBe(notThere);
  expect(itemsOf(await call('GET', '/applications'))).toEqual([]);
  clock.advance(150);
  expect((await call('GET', path)).status).toBe(200);
  expect((await call('PATCH', path, { notes: 'x' })).status).toBe(204);
  expect(itemsOf(await call('GET', '/applications'))).toHaveLength(1);
});

test('/$count answers the number alone, as text', async () => {
  const { tenant, call } = await createDirectory();
  await call('POST', '/applications', { displayName: 'T&A' });
  expect(outcomeOf(await call('GET', '/applications/$count'))).toMatch(/^400 Request_UnsupportedQuery/);
  const answer = await call('GET', '/applications/$count', undefined, { ConsistencyLevel: 'eventual' });
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(answer.body).toEqual(1);
  expect(tenant.state.applications).toHaveLength(1);
});

test('no body changes what every object inherits', async () => {
  const { call } = await createDirectory();
  const { body } = await call('POST', '/applications', {
    displayName: 'T&A',
    optionalClaims: { idToken: [] },
  });
  const optionalClaims = JSON.parse('{"__proto__":{"everywhere":1},"accessToken":[]}');
  await call('PATCH', `/applications/${body.id}`, { optionalClaims });
  expect(Object.keys(Object.prototype)).toEqual([]);
  const read = await call('GET', `/applications/${body.id}?$select=optionalClaims`);
  expect(read.body.optionalClaims).toEqual({ idToken: [], accessToken: [] });
});

test('an identifier URI names a domain of the tenant, the tenant or the application', async () => {
  const { call, state } = await createDirectory();
  const made = await call('POST', '/applications', {
    displayName: 'T&A',
    identifierUris: ['https://ta.contoso.com/mail'],
  });
  expect(made.status).toBe(201);
  const change = (uri: string) =>
    call('PATCH', `/applications/${textOf(made, 'id')}`, { identifierUris: [uri] });
  for (const ours of [`api://${textOf(made, 'appId')}`, `api://${state.organization.id}/ta`])
    expect((await change(ours)).status).toBe(204);
  const foreign = await change('api://ta');
  expect([foreign.status, foreign.body]).toMatchObject([
    400,
    { error: { code: 'Request_BadRequest', details: [{ code: 'HostNameNotOnVerifiedDomain' }] } },
  ]);
});

test.each(['appRoles', 'oauth2PermissionScopes'])(
  'of %s one that is enabled is not removed before it is disabled',
  async (name) => {
    const { call } = await createDirectory();
    const path = `/applications/${textOf(await call('POST', '/applications', { displayName: 'API' }), 'id')}`;
    const role = { id: '5d6e1ca5-0a4b-4c5c-8a3e-2f3bb1f8a9c1', value: 'read', isEnabled: true };
    const offer = async (roles: object[]) =>
      outcomeOf(
        await call('PATCH', path, name === 'appRoles' ? { appRoles: roles } : { api: { [name]: roles } }),
      );
    expect(await offer([role])).toBe('204');
    expect(await offer([])).toMatch(/^400 CannotDeleteOrUpdateEnabledEntitlement: /);
    expect(await offer([{ ...role, isEnabled: false }])).toBe('204');
    expect(await offer([])).toBe('204');
  },
);
