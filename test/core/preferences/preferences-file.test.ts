import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Preferences } from '../../../src/core/preferences/preferences.ts';
import {
  openPreferences,
  readPreferences,
  writePreferences,
} from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { Failure } from '../../../src/core/words/failure.ts';
import { errorFrom } from '../../support/error-from.ts';
import { preferencesWith } from '../../support/preferences.ts';
import { tempFile, tempFolder } from '../../support/temp-folder.ts';

test('writes what T&A asks for, in its order, for the owner alone', async () => {
  const path = join(await tempFolder(), 'contoso.ta-email.json');
  await writePreferences(path, preferencesWith({ clientSecret: new Secret('secret-value') }));
  const text = await readFile(path, 'utf8');
  const { connection, ...rest } = JSON.parse(text);
  expect(Object.keys(JSON.parse(text))).toEqual(['version', 'component', 'connection', 'apiEndpoints']);
  expect(Object.keys(connection)).toEqual([
    'tenantId',
    'clientId',
    'fromName',
    'fromEmailAddress',
    'clientSecret',
  ]);
  expect(connection.clientSecret).toBe('secret-value');
  expect(rest.apiEndpoints.draftUserMessageEndpoint).toBe('/{DraftMessageId}/send');
  expect(text).toMatch(/^\{\n {2}"version": 1,\n.*\n\}\n$/s);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('reads back any secret, however hostile, and any From name', async () => {
  const path = join(await tempFolder(), 'contoso.ta-email.json');
  const sign = fc.constantFrom(...`"';=#%&<>\\]]>{}$~.-_ aZ09é€😀`);
  const secret = fc
    .string({ unit: sign, minLength: 8, maxLength: 64 })
    .filter((text) => !/^[.*]+$/.test(text));
  await fc.assert(
    fc.asyncProperty(secret, fc.string({ unit: sign, maxLength: 30 }), async (clientSecret, fromName) => {
      await writePreferences(path, preferencesWith({ clientSecret: new Secret(clientSecret), fromName }));
      const { connection } = await readPreferences(path);
      expect(connection.clientSecret.reveal()).toBe(clientSecret);
      expect(connection.fromName).toBe(fromName.trim().normalize('NFC'));
    }),
    { numRuns: 60 },
  );
});

test('shows the secret nowhere but in the file', async () => {
  const path = join(await tempFolder(), 'contoso.ta-email.json');
  await writePreferences(path, preferencesWith({ clientSecret: new Secret('canary-of-a-secret') }));
  const preferences: Preferences = await readPreferences(path);
  const seen = [
    JSON.stringify(preferences),
    inspect(preferences, { depth: 9 }),
    `${preferences.connection.clientSecret}`,
  ];
  for (const text of seen) expect(text).not.toContain('canary');
});

test('sweeps what a killed run left beside it, for it may hold the secret', async () => {
  const path = await tempFile('contoso.ta-email.json', 'old');
  await writeFile(join(dirname(path), `.contoso.ta-email.json.ta-${2 ** 30}-0123456789ab.tmp`), 'secret');
  await openPreferences(path);
  expect(await readdir(dirname(path))).toEqual(['contoso.ta-email.json']);
});

test('a secret of the years before 2021, which by chance has in it how those of today begin, is a secret', async () => {
  const path = await tempFile('contoso.ta-email.json', '');
  const old = 'canary.7ab3Q~x8-_VtR2mN4pL6sD9fG1h';
  await writePreferences(path, preferencesWith({ clientSecret: new Secret(old) }));
  expect((await readPreferences(path)).connection.clientSecret.reveal()).toBe(old);
});

async function refusal(change: object): Promise<string> {
  const folder = await tempFolder();
  const path = join(folder, 'a.ta-email.json');
  await writePreferences(path, preferencesWith());
  const good = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...good, connection: { ...good.connection, ...change } }));
  const failure = (await errorFrom(readPreferences(path))) as Failure;
  expect(failure).toMatchObject({ code: 'TA-BAD-INPUT', exitCode: 3 });
  return failure.message.replace(`${path}, `, '');
}

const guid = '3b4e28ba-2fa1-4d2c-883f-0016d3cca427';
test.each([
  [
    'the secret id for its value',
    { clientSecret: guid },
    "connection.clientSecret: expected the secret's value; a GUID is the secret ID, which Entra shows beside it, found other text.",
  ],
  [
    'all of a screen for the secret on it',
    { clientSecret: 'Client ID: 1b4e28ba Client Secret: Xy78Q~canary-canary.canary_canary~canary' },
    "connection.clientSecret: expected the secret's value and nothing else, found other text.",
  ],
  [
    'a masked secret',
    { clientSecret: '••••••••••' },
    "connection.clientSecret: expected the secret's value; these are the dots shown in its place, found other text.",
  ],
  [
    'stars',
    { clientSecret: '**********' },
    "connection.clientSecret: expected the secret's value; these are the dots shown in its place, found other text.",
  ],
  [
    'a token',
    { clientSecret: 'eyJhbGciOi.eyJhdWQiOi.x' },
    "connection.clientSecret: expected the secret's value; this is an access token, found other text.",
  ],
  [
    'no secret',
    { clientSecret: '' },
    'connection.clientSecret: expected the value of the client secret, at least 8 characters, found an empty text.',
  ],
  [
    'a short secret',
    { clientSecret: 'abc' },
    'connection.clientSecret: expected the value of the client secret, at least 8 characters, found other text.',
  ],
  [
    'a long secret',
    { clientSecret: 'x'.repeat(10_240) },
    'connection.clientSecret: expected the value of the client secret, at most 1024 characters, found other text.',
  ],
  [
    'a NUL',
    { clientSecret: 'abc\0defgh' },
    'connection.clientSecret: expected the value of the client secret on one line, found other text.',
  ],
  [
    'a secret that is null',
    { clientSecret: null },
    'connection.clientSecret: expected the value of the client secret, found null.',
  ],
  [
    'a secret for a client id',
    { clientId: 'Xy8Q~0123456789012345678901234567890123' },
    'connection.clientId: expected a GUID such as 1b4e28ba-2fa1-4d2c-883f-0016d3cca427, found other text.',
  ],
  [
    "Microsoft Graph's own id",
    { clientId: '00000003-0000-0000-c000-000000000000' },
    "connection.clientId: expected the app's own client id; this is Microsoft Graph's, found other text.",
  ],
  [
    'a domain for a tenant id',
    { tenantId: 'contoso.com' },
    'connection.tenantId: expected a GUID such as 1b4e28ba-2fa1-4d2c-883f-0016d3cca427, found other text.',
  ],
  [
    'no sender',
    { fromEmailAddress: '' },
    'connection.fromEmailAddress: expected an email address such as ta@contoso.com, found an empty text.',
  ],
  [
    'a misspelt field',
    { clientSecrets: 'x' },
    'connection.clientSecrets: expected the field "clientSecret", found an unknown field.',
  ],
])('refuses %s and quotes no value', async (_, change, message) => {
  expect(await refusal(change)).toBe(message);
});
