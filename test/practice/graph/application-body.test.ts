import { expect, test } from 'vitest';
import { createDirectory, outcomeOf } from '../../support/graph-caller.ts';

const guid = '00000003-0000-0000-c000-000000000000';
const invalid = (property: string) =>
  `400 Request_BadRequest: Invalid value specified for property '${property}' of resource 'Application'.`;
const readOnly = (property: string) =>
  `400 Request_BadRequest: Property '${property}' is read-only and cannot be set.`;
const permissions = (count: number) => Array.from({ length: count }, () => ({ id: guid, type: 'Role' }));

test.each([
  ['an unknown property', { colour: 'red' }, "400 Request_BadRequest: Invalid property 'colour'."],
  ['an unknown inner property', { web: { colour: 1 } }, "400 Request_BadRequest: Invalid property 'colour'."],
  [
    'a prototype',
    JSON.parse('{"__proto__":{"a":1}}'),
    "400 Request_BadRequest: Invalid property '__proto__'.",
  ],
  [
    'a number for a text',
    { displayName: 7 },
    "400 Request_BadRequest: Cannot convert a primitive value to the expected type 'Edm.String'. See the inner exception for more details.",
  ],
  [
    'a text for a yes or no',
    { isFallbackPublicClient: 'yes' },
    "400 Request_BadRequest: Cannot convert a primitive value to the expected type 'Edm.Boolean'. See the inner exception for more details.",
  ],
  ['an empty name', { displayName: '' }, invalid('displayName')],
  ['no name at all', { displayName: null }, invalid('displayName')],
  ['a name of 257 characters', { displayName: 'x'.repeat(257) }, invalid('displayName')],
  ['a tag of 257 characters', { tags: ['x'.repeat(257)] }, invalid('tags')],
  ['notes of 1025 characters', { notes: 'x'.repeat(1025) }, invalid('notes')],
  ['an unknown audience', { signInAudience: 'Everybody' }, invalid('signInAudience')],
  ['a text for a list', { tags: 'ta' }, invalid('tags')],
  [
    'an unknown kind of permission',
    { requiredResourceAccess: [{ resourceAppId: guid, resourceAccess: [{ id: guid, type: 'role' }] }] },
    invalid('requiredResourceAccess'),
  ],
  [
    'a permission that is no GUID',
    { requiredResourceAccess: [{ resourceAppId: guid, resourceAccess: [{ id: 'x', type: 'Role' }] }] },
    invalid('requiredResourceAccess'),
  ],
  [
    '51 APIs',
    {
      requiredResourceAccess: Array.from({ length: 51 }, () => ({ resourceAppId: guid, resourceAccess: [] })),
    },
    invalid('requiredResourceAccess'),
  ],
  [
    '401 permissions',
    { requiredResourceAccess: [{ resourceAppId: guid, resourceAccess: permissions(401) }] },
    invalid('requiredResourceAccess'),
  ],
  ['its id', { id: guid }, readOnly('id')],
  ['its appId', { appId: guid }, readOnly('appId')],
  ['its birthday', { createdDateTime: '2026-01-01T00:00:00Z' }, readOnly('createdDateTime')],
])('an application cannot be made or changed with %s', async (_what, properties, expected) => {
  const { call } = await createDirectory();
  const made = await call('POST', '/applications', { displayName: 'T&A' });
  expect(outcomeOf(await call('POST', '/applications', { displayName: 'T&A', ...properties }))).toBe(
    expected,
  );
  expect(outcomeOf(await call('PATCH', `/applications/${made.body.id}`, properties))).toBe(expected);
});

test('the limits themselves are allowed, and annotations are ignored', async () => {
  const { call } = await createDirectory();
  const made = await call('POST', '/applications', {
    '@odata.type': '#microsoft.graph.application',
    displayName: 'x'.repeat(256),
    requiredResourceAccess: [{ resourceAppId: guid, resourceAccess: permissions(400) }],
  });
  expect(made.status).toBe(201);
});

test('an application needs a display name', async () => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call('POST', '/applications', {}))).toBe(
    "400 Request_BadRequest: A value is required for property 'displayName' of resource 'Application'.",
  );
});

test('secrets come with the creating POST or by addPassword, never by PATCH or upsert', async () => {
  const { call } = await createDirectory();
  const passwordCredentials = [{ displayName: 'secret' }];
  const made = await call('POST', '/applications', { displayName: 'T&A', passwordCredentials });
  expect(made.status).toBe(201);
  expect(outcomeOf(await call('PATCH', `/applications/${made.body.id}`, { passwordCredentials }))).toBe(
    readOnly('passwordCredentials'),
  );
  const body = { displayName: 'T&A', passwordCredentials };
  const upserted = await call('PATCH', "/applications(uniqueName='x')", body, {
    Prefer: 'create-if-missing',
  });
  expect(outcomeOf(upserted)).toBe(readOnly('passwordCredentials'));
});

test.each([
  ['web', 'mailer/back'],
  ['web', 'https:///back'],
  ['web', ' https://contoso.com'],
  ['spa', ''],
  ['publicClient', 'http://'],
])('a redirect URI of %s that is none is refused: %j', async (kind, uri) => {
  const { call } = await createDirectory();
  const body = { displayName: 'T&A', [kind]: { redirectUris: ['https://contoso.com', uri] } };
  expect(outcomeOf(await call('POST', '/applications', body))).toBe(invalid(kind));
  const made = await call('POST', '/applications', { displayName: 'T&A' });
  const change = { [kind]: { redirectUris: [uri] } };
  expect(outcomeOf(await call('PATCH', `/applications/${made.body.id}`, change))).toBe(invalid(kind));
});

test.each([
  ['web', ['http://contoso.com/back']],
  ['web', ['https://*.contoso.com']],
  ['web', ["https://contoso.com/it's"]],
  ['web', [`https://contoso.com/${'a'.repeat(240)}`]],
  ['spa', ['mailer://back']],
  ['web', Array.from({ length: 257 }, (_, at) => `https://contoso.com/${at}`)],
])(
  'what Graph does with some redirect URIs of %s is not known, and none is taken in silence: %j',
  async (kind, redirectUris) => {
    const { call } = await createDirectory();
    const answer = await call('POST', '/applications', { displayName: 'T&A', [kind]: { redirectUris } });
    expect(outcomeOf(answer)).toMatch(/^501 NotImplemented: The practice tenant does not play /);
  },
);

test('redirect URIs that Entra documents are taken', async () => {
  const { call } = await createDirectory();
  const made = await call('POST', '/applications', {
    displayName: 'T&A',
    web: { redirectUris: ['https://contoso.com', 'https://contoso.com/abc?x=1', 'http://localhost/abc'] },
    spa: { redirectUris: ['http://127.0.0.1:3000/'] },
    publicClient: {
      redirectUris: ['http://localhost', 'ms-appx-web://Microsoft.AAD.BrokerPlugin/1', 'msal1://auth'],
    },
  });
  expect(made.status).toBe(201);
});
