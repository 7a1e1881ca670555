import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelled } from '../../../../src/core/preferences/formats/labels.ts';
import { readPasted } from '../../../../src/core/preferences/formats/pasted.ts';
import { hostilePreferences } from '../../../support/hostile-preferences.ts';

const screen = `Email component: EXCH -- Exchange Online
Connection
  Tenant ID:  1b4e28ba-2fa1-4d2c-883f-0016d3cca427
CLIENT ID: 2b4e28ba-2fa1-4d2c-883f-0016d3cca427\r
From name: Contoso: Time & Attendance

From e-mail address : ta@contoso.com
Client Secret: ••••••••••
API Endpoints
Token Endpoint: https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token
Test`;

test("understands T&A's screen as people paste it", () => {
  expect(readPasted(screen, 'a.txt')).toEqual({
    version: 1,
    component: 'EXCH',
    connection: {
      tenantId: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427',
      clientId: '2b4e28ba-2fa1-4d2c-883f-0016d3cca427',
      fromName: 'Contoso: Time & Attendance',
      fromEmailAddress: 'ta@contoso.com',
      clientSecret: '••••••••••',
    },
    apiEndpoints: { tokenEndpoint: 'https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token' },
  });
});

const ids = {
  tenantId: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427',
  clientId: '2b4e28ba-2fa1-4d2c-883f-0016d3cca427',
};

test.each([
  ['a TAB between label and value', `Tenant ID\t${ids.tenantId}\nClient ID:\t${ids.clientId}`],
  ['the value on the line after its label', `Tenant ID\n${ids.tenantId}\n\nClient ID:\n\n  ${ids.clientId}`],
  ['bullets', `• Tenant ID: ${ids.tenantId}\n- Client ID: ${ids.clientId}`],
  ['numbers', `1. Tenant ID: ${ids.tenantId}\n2) Client ID: ${ids.clientId}`],
  ["Entra's own labels", `Directory (tenant) ID\n${ids.tenantId}\nApplication (client) ID : ${ids.clientId}`],
  [
    'characters that nobody sees',
    `\u200bTenant\u00a0ID:\u00a0${ids.tenantId}\u200b\n\u2060Client ID\ufeff\n\u200e${ids.clientId}\u00a0`,
  ],
])('understands %s', (_, text) => {
  expect(readPasted(text, 'a.txt')).toEqual({ version: 1, connection: ids, apiEndpoints: {} });
});

test('a label that no value follows has an empty one', () => {
  expect(readPasted('From name\nFrom email address\nta@contoso.com\nAPI Endpoints', 'a.txt')).toEqual({
    version: 1,
    connection: { fromName: '', fromEmailAddress: 'ta@contoso.com' },
    apiEndpoints: {},
  });
});

test('a secret of which a browser copied nothing is none', () => {
  const text = 'Client Secret:\nAPI Endpoints\nDefault Scope: x';
  expect(readPasted(text, 'a.txt')).toEqual({
    version: 1,
    connection: {},
    apiEndpoints: { defaultScope: 'x' },
  });
});

const bullets = ['', '• ', '- ', '* ', '·', '3. ', '  ', '\u200b'];
const gaps = [': ', ':', ' : ', '\t', ':\t', '\u00a0:\u00a0', '\n', ':\n\n  '];
const edges = ['', ' ', '\u00a0', '\u200b', '\ufeff', '\u2060\u200e'];
const shape = fc.record({
  bullet: fc.constantFrom(...bullets),
  gap: fc.constantFrom(...gaps),
  before: fc.constantFrom(...edges),
  after: fc.constantFrom(...edges),
  isLoud: fc.boolean(),
  isEntra: fc.boolean(),
  heading: fc.constantFrom('', 'Connection\n', '\n', '• API Endpoints\n'),
});
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;
const entra: Readonly<Record<string, string>> = {
  'Tenant ID': 'Directory (tenant) ID',
  'Client ID': 'Application (client) ID',
};

function messy([label, value]: readonly [string, string], way: Shape | undefined): string {
  if (!way) return `${label}: ${value}`;
  const named = way.isEntra ? (entra[label] ?? label) : label;
  const text = value === '' ? '' : `${way.before}${value}${way.after}`;
  // After an empty name a heading could be the name.
  const heading = label === 'From email address' ? '' : way.heading;
  return `${heading}${way.bullet}${way.isLoud ? named.toUpperCase() : named}${way.gap}${text}`;
}

test('any mix of these shapes says what the plain one says', () => {
  fc.assert(
    fc.property(
      hostilePreferences,
      fc.array(shape, { minLength: 14, maxLength: 14 }),
      (preferences, shapes) => {
        const [, ...pairs] = labelled(preferences);
        const plain = pairs.map((pair) => messy(pair, undefined)).join('\n');
        const mixed = pairs.map((pair, index) => messy(pair, shapes[index])).join('\n');
        expect(readPasted(mixed, 'a')).toEqual(readPasted(plain, 'a'));
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ['an unknown field', 'Tenant IDs: x', 'line 1: expected the field "Tenant ID", found an unknown field'],
  ['a field twice', 'From name: a\nFrom name: b', 'line 2: expected From name once'],
  ['a line without a field', 'From name: a\nXy8Q~012345', 'line 2: expected a line such as "Tenant ID: ..."'],
  ['nothing but headings', 'Connection\nTest', "expected text from T&A's screen"],
  [
    'a misspelt label after one without a value',
    'From name:\nTenant IDs: x',
    'line 2: expected the field "Tenant ID"',
  ],
  [
    'a button after a label without a value',
    'From name\nTest',
    'line 2: expected From name with its value next to it',
  ],
  ['a value on two lines', 'From name:\nContoso\nLtd', 'line 3: expected a line such as'],
  ['a secret in the place of a label', 'Xy8Q~012345: x', 'line 1: expected one of the fields Version, '],
])('refuses %s and quotes no value', (_, text, message) => {
  expect(() => readPasted(text, 'a.txt')).toThrow(message);
  expect(() => readPasted(text, 'a.txt')).toThrow(/^(?!.*Xy8Q)/);
});
