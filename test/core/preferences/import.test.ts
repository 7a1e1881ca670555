import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { encryptFor, makeKeyPair } from '../../../src/core/preferences/age.ts';
import { formats } from '../../../src/core/preferences/formats/formats.ts';
import {
  completePreferences,
  importPreferences,
  pastedPreferences,
  secretNotes,
} from '../../../src/core/preferences/import.ts';
import { leftOut, noneYet } from '../../../src/core/preferences/left-out.ts';
import { inClear, readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import { sealLightly } from '../../support/age-tool.ts';
import { errorFrom } from '../../support/error-from.ts';
import { preferencesWith } from '../../support/preferences.ts';
import { tempFile } from '../../support/temp-folder.ts';

const passphrase = 'correct horse battery';
const openerBy = (text: string) => ({ kind: 'passphrase', passphrase: new Secret(text) }) as const;
const pair = await makeKeyPair();
const key = { kind: 'key file', text: pair.identity } as const;

const written = (clientSecret?: string): string =>
  formats.json.write(inClear(preferencesWith(), clientSecret));

test('reads JSON back, in UTF-8 and as Windows writes it', async () => {
  const text = written();
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(text.trimEnd()),
    Buffer.from(`\ufeff${text}`, 'utf16le'),
  ]) {
    const { preferences: found } = await importPreferences(await tempFile('a.JSON', bytes));
    expect(found).toMatchObject(
      JSON.parse(
        JSON.stringify(preferencesWith(), (key, value) => (key === 'clientSecret' ? undefined : value)),
      ),
    );
    expect(found.connection.clientSecret?.reveal()).toBe('Xy8Q~0123456789012345678901234567890123');
  }
});

test('takes what stands for a secret for none', async () => {
  for (const [stand, why] of [
    [leftOut('it is in contoso.ta-email.json'), 'left out'],
    [noneYet('wait'), 'left out'],
    ['••••••••', 'hidden behind dots'],
    ['****', 'hidden behind dots'],
  ]) {
    const { preferences, secretGap } = await importPreferences(await tempFile('a.json', written(stand)));
    expect(preferences.connection.clientSecret).toBeUndefined();
    expect(String(secretGap)).toBe(why);
  }
});

test.each(['a.ini', 'a.xml', 'a.csv', 'a.html', 'a.exe', 'a', 'a.csv.age'])(
  'says of %s what would be taken, and how to get it',
  async (name) => {
    expect(await errorFrom(importPreferences(await tempFile(name, 'x'), refuseToAsk))).toMatchObject({
      code: 'TA-NOT-IMPORTABLE',
      exitCode: 3,
      message: expect.stringContaining(`${name}: expected a file name that ends in .json or .txt`),
      advice: { next: expect.saying(/--format json.*save it as \.txt in UTF-8/s) },
    });
  },
);

const refuseToAsk = (): never => {
  throw new Error('Nobody is asked for a key that would open nothing.');
};

test('never takes the placeholder for the secret where the secret is needed', async () => {
  const path = await tempFile('a.ta-email.json', written(leftOut('it is in b.ta-email.json')));
  expect(await errorFrom(readPreferences(path))).toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(
      "connection.clientSecret: expected the secret's value; this file leaves it out",
    ),
  });
});

const encrypted = {
  passphrase: sealLightly(passphrase, written()),
  key: encryptFor({ kind: 'recipient', key: pair.recipient }, written()),
};

test.each([
  ['a passphrase', openerBy(passphrase), encrypted.passphrase],
  ['a key', key, encrypted.key],
])('opens what was encrypted for %s', async (_name, opener, text) => {
  const path = await tempFile('a.json.age', await text);
  const { preferences } = await importPreferences(path, async () => opener);
  expect(preferences.connection.clientSecret?.reveal()).toBe('Xy8Q~0123456789012345678901234567890123');
});

test.each([
  ['another passphrase', openerBy('wrong horse battery'), 'does not open with this passphrase'],
  ['a key file', key, 'does not open with this key file'],
])('says so where %s was given, and quotes nothing', async (_name, opener, words) => {
  const path = await tempFile('a.json.age', await encrypted.passphrase);
  const failure = await errorFrom(importPreferences(path, async () => opener));
  expect(failure).toMatchObject({
    code: 'TA-ENCRYPTION',
    exitCode: 3,
    message: expect.stringContaining(words),
  });
});

test('an encrypted file is none for whoever has no key', async () => {
  const path = await tempFile('a.json.age', 'x');
  expect(await errorFrom(importPreferences(path))).toMatchObject({
    message: expect.stringContaining('expected a file that is not encrypted'),
  });
});

test.each([
  ['a.json', '', 'expected preferences, found an empty file'],
  ['a.json', Buffer.from([0x5b, 0xff, 0xfe]), 'expected text in UTF-8'],
  ['a.json', '{"version":2}', 'a higher number means'],
  ['a.json', '{"version":1,"component":"SMTP"}', 'a.json, component: expected EXCH'],
  ['a.txt', 'Email component: EXCH\nTenant ID: contoso\n', 'a.txt, Tenant ID: expected a GUID'],
  ['a.txt', 'Email component: SMTP', 'a.txt, Email component: expected EXCH'],
  [
    'a.txt',
    'Client Secret: 3b4e28ba-2fa1-4d2c-883f-0016d3cca427',
    "a.txt, Client Secret: expected the secret's value",
  ],
])('refuses %s that holds %j', async (name, content, message) => {
  const path = await tempFile(name, content);
  expect(await errorFrom(importPreferences(path))).toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(message),
  });
});

test("is completed with the cloud's own endpoints, whatever the file said", async () => {
  const evil = preferencesWith({}, { tokenEndpoint: 'https://evil.example/{TenantId}/oauth2/v2.0/token' });
  expect(completePreferences(evil, clouds.global, undefined)).toEqual(preferencesWith());
});

test('checks a secret that was entered like one in a file', () => {
  const { clientSecret: _, ...connection } = preferencesWith().connection;
  const found = { ...preferencesWith(), connection };
  const given = new Secret('3b4e28ba-2fa1-4d2c-883f-0016d3cca427');
  expect(() => completePreferences(found, clouds.global, given)).toThrow('a GUID is the secret ID');
  expect(() => completePreferences(found, clouds.global, given)).toThrow(/^(?!.*3b4e28ba)/);
});

const usual = 'Xy8Q~0123456789._-abcdefghijklmnopqrstuv';

test.each([usual, '[6gyXA5S20@MN+WRXAJ]I-TO7g1:h2P8', 'O\'Neil"s;=#%&<\\>'])(
  'has nothing to say of %s',
  (text) => {
    expect(secretNotes(new Secret(text)).map(String)).toEqual([]);
  },
);

test.each([
  [` ${usual}`, ['begins with a space']],
  [`${usual}\u00a0`, ['ends with a space']],
  [`\u200b${usual} `, ['begins with a space', 'ends with a space']],
  [`'${usual}'`, ['is in quotation marks']],
  [`"${usual}"`, ['is in quotation marks']],
  [`“${usual}”`, ['is in quotation marks']],
  [`Xy8é${usual}`, ['contains a character that Entra never uses, the 4th']],
  [`${usual.slice(0, 10)} ${usual}`, ['contains a character that Entra never uses, the 11th']],
])('of %j it says so, and quotes nothing', (text, faults) => {
  const notes = secretNotes(new Secret(text));
  expect(notes).toHaveLength(faults.length);
  for (const [index, fault] of faults.entries())
    expect(String(notes[index])).toContain(`The client secret ${fault}.`);
  expect(notes.join()).not.toContain('Xy8');
});

test('text that lies in no file is read as pasted text in one, and named in what is refused', async () => {
  const text = 'Tenant ID: 1b4e28ba-2fa1-4d2c-883f-0016d3cca427\nFrom name: Contoso\nClient Secret: ********';
  const { preferences, secretGap } = pastedPreferences(text, 'The clipboard');
  const fromFile = await importPreferences(await tempFile('a.txt', text));
  expect({ preferences, secretGap }).toEqual(fromFile);
  expect(() => pastedPreferences('', 'The clipboard')).toThrow(/^The clipboard/);
});
