import { expect, test } from 'vitest';
import { type CloudName, clouds } from '../../../src/core/cloud/clouds.ts';
import {
  cloudOf,
  endpointLabels,
  endpointNotes,
  endpointsOf,
  oddEndpoints,
} from '../../../src/core/preferences/endpoints.ts';
import { mailUrls } from '../../../src/core/preferences/mail-urls.ts';
import { endpointsOfTheArticle } from '../../support/preferences.ts';
import { healthy } from '../../support/snapshot.ts';

test("gives T&A's own texts to the letter", () => {
  expect(endpointsOf(clouds.global)).toEqual(endpointsOfTheArticle);
});

test.each([
  ['usgov', 'login.microsoftonline.us', 'graph.microsoft.us'],
  ['usgovdod', 'login.microsoftonline.us', 'dod-graph.microsoft.us'],
  ['china', 'login.partner.microsoftonline.cn', 'microsoftgraph.chinacloudapi.cn'],
] as const)('changes only the hosts for %s', (name, login, graph) => {
  const { tokenEndpoint, defaultScope, graphApiEndpoint, ...paths } = endpointsOf(clouds[name]);
  expect(tokenEndpoint).toBe(`https://${login}/{TenantId}/oauth2/v2.0/token`);
  expect(defaultScope).toBe(`https://${graph}/.default`);
  expect(graphApiEndpoint).toBe(`https://${graph}/v1.0`);
  expect(endpointsOf(clouds.global)).toMatchObject(paths);
});

test.each(Object.keys(clouds) as CloudName[])('knows the endpoints of %s again', (name) => {
  expect(cloudOf(endpointsOf(clouds[name])).name).toBe(name);
});

const names = Object.keys(clouds) as CloudName[];
const pairs = names.flatMap((found) =>
  names.filter((name) => name !== found).map((name) => [found, name] as const),
);

test.each(pairs)('endpoints of %s for a customer of %s: both clouds are named, no field', (found, wanted) => {
  const [theirs, ours] = [clouds[found], clouds[wanted]];
  expect(() => cloudOf(endpointsOf(theirs), ours)).toThrow(
    `The API Endpoints are those of ${theirs.label}. The cloud of the customer is ${ours.label}.`,
  );
  const [difference, ...more] = oddEndpoints(endpointsOf(theirs), ours);
  expect([difference?.label, more]).toEqual(['API Endpoints', []]);
  expect([difference?.expected, difference?.found].map(String)).toEqual([
    `those of ${ours.label}`,
    `those of ${theirs.label}`,
  ]);
});

test('relative endpoints alone fit every cloud, and mixed ones none', () => {
  const { tokenEndpoint: _, defaultScope: __, graphApiEndpoint, ...relative } = endpointsOf(clouds.global);
  for (const cloud of Object.values(clouds)) expect(cloudOf(relative, cloud)).toBe(cloud);
  const mixed = { ...endpointsOf(clouds.china), graphApiEndpoint };
  expect(() => cloudOf(mixed, clouds.usgov)).toThrow(/^Graph API Endpoint: expected/);
  expect(oddEndpoints(mixed, clouds.china).map(({ label }) => label)).toEqual(['Graph API Endpoint']);
});

test('has a label for every field', () => {
  expect(endpointLabels.map(([field]) => field)).toEqual(Object.keys(endpointsOf(clouds.global)));
});

test('does not quote a secret that was pasted into an endpoint', () => {
  const good = endpointsOf(clouds.global);
  for (const [field] of endpointLabels)
    expect(() => cloudOf({ ...good, [field]: 'abc8Q~canary-canary.canary_canary-canary' })).toThrow(
      /found other text\.(?!.*canary)/,
    );
});

test('refuses every change of every field, and names the field and the text expected', () => {
  const good = endpointsOf(clouds.global);
  for (const [field, label] of endpointLabels) {
    for (const changed of [`${good[field]}x`, ` ${good[field]}`, good[field].slice(2), 'x']) {
      const message = `${label}: expected "${good[field]}", found "`;
      expect(() => cloudOf({ ...good, [field]: changed }), changed).toThrow(message);
    }
  }
});

test('refuses endpoints of two clouds', () => {
  const mixed = {
    ...endpointsOf(clouds.global),
    graphApiEndpoint: endpointsOf(clouds.usgov).graphApiEndpoint,
  };
  expect(() => cloudOf(mixed)).toThrow('Graph API Endpoint: expected "https://graph.microsoft.com/v1.0"');
  const scope = { ...endpointsOf(clouds.china), defaultScope: endpointsOf(clouds.global).defaultScope };
  expect(() => cloudOf(scope)).toThrow(
    'Default Scope: expected "https://microsoftgraph.chinacloudapi.cn/.default"',
  );
});

// More of them are rows of test/reliability/bad-values.ts.
test.each([
  'https://login.windows.net/v1.0',
  'https://graph.microsoft.com/v1.0/../beta',
  'http://127.0.0.1:8080/v1.0',
])('refuses %s for the Graph API Endpoint, before any request', (graphApiEndpoint) => {
  const found = { ...endpointsOf(clouds.global), graphApiEndpoint };
  expect(() => cloudOf(found)).toThrow(/^Graph API Endpoint: expected/);
});

const respelt = [
  ['tokenEndpoint', 'https://login.windows.net/{TenantId}/oauth2/v2.0/token'],
  ['tokenEndpoint', 'https://STS.windows.net/{TenantId}/oauth2/v2.0/token/'],
  ['tokenEndpoint', 'https://login.microsoft.com/{TenantId}/OAuth2/v2.0/token'],
  ['defaultScope', 'https://Graph.microsoft.com//.default'],
  ['graphApiEndpoint', 'https://graph.microsoft.com/v1.0/'],
  ['graphApiEndpoint', 'https://graph.microsoft.com'],
  ['graphApiEndpoint', 'https://GRAPH.microsoft.com/'],
  ['userEndpoint', 'users/{UserPrincipalName}'],
  ['userMessagesEndpoint', '/Users/{UserPrincipalId}/messages/'],
  [
    'createUploadSessionEndpoint',
    '/users/{UserPrincipalId}/messages/{DraftMessageId}/attachments/createUploadSession',
  ],
] as const;

test.each(respelt)(
  '%s may be spelt %s: it means the same, is told, and is sent to by its own name',
  (field, text) => {
    const found = { ...endpointsOf(clouds.global), [field]: text };
    expect(cloudOf(found).name).toBe('global');
    const notes = endpointNotes(found).map(String);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(`"${text}"`);
    const { preferences } = healthy().existing;
    if (!preferences) throw new Error('healthy has a file');
    const urls = mailUrls({ ...preferences, apiEndpoints: found });
    const plain = mailUrls({ ...preferences, apiEndpoints: endpointsOf(clouds.global) });
    expect([urls.scope, urls.token, urls.user, urls.send('u', 'd')]).toEqual([
      plain.scope,
      plain.token,
      plain.user,
      plain.send('u', 'd'),
    ]);
  },
);

test("a cloud's other names of the login host are no other cloud's", () => {
  const china = {
    ...endpointsOf(clouds.china),
    tokenEndpoint: 'https://login.chinacloudapi.cn/{TenantId}/oauth2/v2.0/token',
  };
  expect(cloudOf(china).name).toBe('china');
  const mixed = { ...endpointsOf(clouds.global), tokenEndpoint: china.tokenEndpoint };
  expect(() => cloudOf(mixed)).toThrow(/^Token Endpoint/);
});

test('endpoints that are ours to the letter need no note', () => {
  for (const cloud of Object.values(clouds)) expect(endpointNotes(endpointsOf(cloud))).toEqual([]);
});
