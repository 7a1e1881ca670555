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

const oldSecret = `=Ab:c|d'e[~]"f?@-._*`;
const usual = {
  version: 1,
  component: 'EXCH',
  connection: {
    ...ids,
    fromName: 'Contoso, Time & Attendance',
    fromEmailAddress: 'ta@contoso.com',
    clientSecret: 'Xy8Q~0123.-_45',
  },
  apiEndpoints: {
    graphApiEndpoint: 'https://graph.microsoft.com/v1.0',
    createUploadSessionEndpoint:
      '/users/{UserPrincipalId}/messages/{DraftMessageId}/attachments/createuploadsession',
  },
};
const rows = [
  ['Email component', 'EXCH'],
  ['Tenant ID', ids.tenantId],
  ['Client ID', ids.clientId],
  ['From name', usual.connection.fromName],
  ['From email address', usual.connection.fromEmailAddress],
  ['Client Secret', usual.connection.clientSecret],
  ['Graph API Endpoint', usual.apiEndpoints.graphApiEndpoint],
  ['Create Upload Session Endpoint', usual.apiEndpoints.createUploadSessionEndpoint],
] as const;
const lines = (line: (label: string, value: string) => string): string =>
  rows.map(([label, value]) => line(label, value)).join('\n');
const camel = (label: string): string =>
  label
    .replace(/^Email component$/, 'component')
    .replace(/ (.)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^./, (letter) => letter.toLowerCase())
    .replace(/I[D]$/, 'Id')
    .replace('API', 'Api');

test.each([
  [
    'a table in Markdown',
    `| Field | Value |\n|:---|---|\n${lines((label, value) => `| ${label} | ${value} |`)}`,
  ],
  ['a table with a frame', `┌────┬────┐\n${lines((label, value) => `│ ${label} │ ${value} │`)}\n└────┴────┘`],
  [
    'a table of cells, one a line',
    `Setting\n\nValue\n\n${lines((label, value) => `${label}\n\n${value}\n`)}`,
  ],
  ['columns of a terminal', lines((label, value) => label.padEnd(34) + value)],
  ['INI', `; from T&A\n[Connection]\n${lines((label, value) => `${camel(label)}=${value}`)}`],
  ['INI with quotation marks', lines((label, value) => `${camel(label)} = "${value}"`)],
  ['our preferences as JSON', JSON.stringify(usual)],
  ['flat JSON', JSON.stringify(Object.fromEntries(rows), undefined, 2)],
  ['JSON from a text program', JSON.stringify(Object.fromEntries(rows)).replaceAll(/"([^"]*)"/g, '“$1”')],
  ['an answer to an email', lines((label, value) => `> > ${label}: ${value}`)],
  [
    'links as an email program writes them out',
    lines((label, value) =>
      /@|https/.test(value)
        ? `${label}: ${value} <${value.includes('@') ? 'mailto:' : ''}${value}>`
        : `${label}: ${value}`,
    ),
  ],
  ['bold labels', lines((label, value) => `**${label}:** ${value}`)],
  ['lines of a table for a spreadsheet', lines((label, value) => `${label};${value}`)],
  [
    'typographic quotation marks',
    lines((label, value) => (label === 'From name' ? `${label}: ${value}` : `${label}: “${value}”`)),
  ],
  [
    'dashes of a text program in ids',
    lines((label, value) => `${label}: ${label.endsWith('ID') ? value.replaceAll('-', '–') : value}`),
  ],
  [
    'lines that an email program broke',
    lines(
      (label, value) =>
        `${label}: ${/ID$|^Create/.test(label) ? value.replace(/(-|messages\/)(?=[^-]*$)/, '$1\n') : value}`,
    ),
  ],
  [
    'what a program read from a picture',
    lines(
      (label, value) =>
        `${label.replace('ID', 'lD').replace('Client', 'C1ient').replace('point', 'p0int')} ${value}`,
    ).replace('From name ', 'From name:'),
  ],
  [
    'Windows line ends and a mark at the beginning',
    `\ufeff${lines((label, value) => `${label}:\u00a0${value}\r`)}`,
  ],
  [
    'German labels',
    lines(
      (label, value) =>
        `${
          {
            'Tenant ID': 'Verzeichnis-ID (Mandant)',
            'Client ID': 'Anwendungs-ID (Client)',
            'Client Secret': 'Geheimer Clientschlüssel',
            'From name': 'Absendername',
            'From email address': 'Absenderadresse',
            'Email component': 'E-Mail-Komponente',
          }[label] ?? label
        }: ${value}`,
    ),
  ],
])('understands %s', (_, text) => {
  expect(readPasted(text, 'a.txt')).toEqual(usual);
});

test.each([': ', ':', '\t', ' = ', '=', '\n', '    '])(
  'keeps every sign of an old secret after %j',
  (gap) => {
    const text = `Client Secret${gap}${oldSecret}\nDefault Scope: x`;
    expect(readPasted(text, 'a.txt')).toHaveProperty('connection.clientSecret', oldSecret);
  },
);

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
        // On a line of its own it is a line that is drawn, and refused as such.
        fc.pre(!/^[-+=|:\s]+$/.test(preferences.connection.fromName));
        const plain = pairs.map((pair) => messy(pair, undefined)).join('\n');
        const mixed = pairs.map((pair, index) => messy(pair, shapes[index])).join('\n');
        expect(readPasted(mixed, 'a')).toEqual(readPasted(plain, 'a'));
      },
    ),
    { numRuns: 1000 },
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
  [
    'a name like a line that is drawn, on a line of its own',
    'From name:\n=|+',
    'line 2: expected From name with its value next to it',
  ],
  ['a value on two lines', 'From name:\nContoso\nLtd', 'line 3: expected a line such as'],
  ['a secret in the place of a label', 'Xy8Q~012345: x', 'line 1: expected one of the fields Version, '],
  ['a word between label and value', 'Client Secret is Xy8Q~012345', 'line 1: expected a line such as'],
  ['the id of the secret', 'Client Secret ID: Xy8Q~012345', 'line 1: expected the field "Client Secret"'],
  ['a name on two lines', 'From name: Contoso\nLtd', 'line 2: expected a line such as'],
  ['a greeting', 'Hello Robin, here it is:\nFrom name: a', 'line 1: expected'],
  ['JSON with another field', '{"clientSecrets":"Xy8Q~012345"}', 'expected the field "Client Secret"'],
  ['JSON that is cut off', '{"clientSecret":"Xy8Q~012345"', 'a.txt'],
])('refuses %s and quotes no value', (_, text, message) => {
  expect(() => readPasted(text, 'a.txt')).toThrow(message);
  expect(() => readPasted(text, 'a.txt')).toThrow(/^(?!.*Xy8Q)/);
});
