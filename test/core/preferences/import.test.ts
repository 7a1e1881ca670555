import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { encryptFor, makeKeyPair } from '../../../src/core/preferences/age.ts';
import { type FormatName, formats } from '../../../src/core/preferences/formats/formats.ts';
import { completePreferences, importPreferences } from '../../../src/core/preferences/import.ts';
import { leftOut, noneYet } from '../../../src/core/preferences/left-out.ts';
import { inClear, readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import { errorFrom } from '../../support/error-from.ts';
import { preferencesWith } from '../../support/preferences.ts';
import { tempFile } from '../../support/temp-folder.ts';

const readable: FormatName[] = ['json', 'ini', 'xml', 'csv'];

const passphrase = (text: string) => {
  const secret = { kind: 'passphrase', passphrase: new Secret(text) } as const;
  return { reader: secret, opener: secret };
};
const pair = await makeKeyPair();
const openers = {
  passphrase: passphrase('correct horse battery'),
  other: passphrase('wrong horse battery'),
  key: {
    reader: { kind: 'recipient', key: pair.recipient },
    opener: { kind: 'key file', text: pair.identity },
  } as const,
};

async function written(name: FormatName, clientSecret?: string): Promise<string> {
  const { write } = await formats[name].load();
  return write(inClear(preferencesWith(), clientSecret));
}

test.each(readable)('reads %s back, in UTF-8 and as Windows writes it', async (name) => {
  const text = await written(name);
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\ufeff${text.replace('UTF-8', 'UTF-16').replace(/^\ufeff/, '')}`, 'utf16le'),
  ]) {
    const { preferences: found } = await importPreferences(
      await tempFile(`a${formats[name].extension.toUpperCase()}`, bytes),
    );
    expect(found).toMatchObject(
      JSON.parse(
        JSON.stringify(preferencesWith(), (key, value) => (key === 'clientSecret' ? undefined : value)),
      ),
    );
    expect(found.connection.clientSecret?.reveal()).toBe('Xy8Q~0123456789012345678901234567890123');
  }
});

test.each(readable)('takes what stands for a secret in %s for none', async (name) => {
  for (const [stand, why] of [
    [leftOut('it is in contoso.ta-email.json'), 'left out'],
    [noneYet('wait'), 'left out'],
    ['••••••••', 'hidden behind dots'],
    ['****', 'hidden behind dots'],
  ]) {
    const path = await tempFile(`a${formats[name].extension}`, await written(name, stand));
    const { preferences, secretGap } = await importPreferences(path);
    expect(preferences.connection.clientSecret).toBeUndefined();
    expect(secretGap).toBe(why);
  }
});

test('never takes the placeholder for the secret where the secret is needed', async () => {
  const path = await tempFile('a.ta-email.json', await written('json', leftOut('it is in b.ta-email.json')));
  expect(await errorFrom(readPreferences(path))).toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(
      "connection.clientSecret: expected the secret's value; this file leaves it out",
    ),
  });
});

test.each([
  ['a passphrase', openers.passphrase],
  ['a key', openers.key],
])('opens what was encrypted for %s', async (_name, { reader, opener }) => {
  const path = await tempFile('a.ini.age', await encryptFor(reader, await written('ini')));
  const { preferences } = await importPreferences(path, async () => opener);
  expect(preferences.connection.clientSecret?.reveal()).toBe('Xy8Q~0123456789012345678901234567890123');
});

test.each([
  ['another passphrase', openers.other, 'does not open with this passphrase'],
  ['a key file', openers.key, 'does not open with this key file'],
])('says so where %s was given, and quotes nothing', async (_name, { opener }, words) => {
  const path = await tempFile(
    'a.json.age',
    await encryptFor(openers.passphrase.reader, await written('json')),
  );
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
  ['a.html', 'x', 'expected a file that ends in .json, .ini, .xml, .csv or .txt'],
  ['a.exe', 'MZ', 'expected a file that ends in .json, .ini, .xml, .csv or .txt'],
  ['a.ini', '', 'expected preferences, found an empty file'],
  ['a.xml', 'PK\u0003\u0004', 'expected well-formed XML'],
  ['a.ini', Buffer.from([0x5b, 0xff, 0xfe]), 'expected text in UTF-8'],
  ['a.csv', 'field,value\nVersion,2\nEmail component,EXCH\n', 'a higher number means'],
  ['a.csv', 'field,value\nVersion,1\nEmail component,SMTP\n', 'a.csv, Email component: expected EXCH'],
  [
    'a.ini',
    '[email]\nversion=1\ncomponent=EXCH\nbcc=x@y.z\n',
    'line 4: expected one of version, component in [email], found an unknown name',
  ],
  [
    'a.ini',
    '[email]\nversion=1\n[connexion]\n',
    'line 3: expected one of the sections [email], [connection], [apiEndpoints]',
  ],
  ['a.ini', '[email]\nversion=1\n[connection]\n', 'a.ini: expected the section [apiEndpoints].'],
  [
    'a.ini',
    '[email]\n[connection]\ntenantID=x\n',
    'line 3: expected "tenantId" in [connection], found an unknown name',
  ],
  ['a.ini', '[email]\ncomponent=EXCH\n[connection]\n[apiEndpoints]\n', 'a.ini, [email] version: expected 1'],
  [
    'a.ini',
    '[email]\nversion=1\ncomponent=EXCH\n[connection]\n[apiEndpoints]\n',
    'a.ini, [connection] tenantId: expected a GUID',
  ],
  ['a.csv', 'field,value\nVersion,1\nEmail component,EXCH\n', 'a.csv, Tenant ID: expected a GUID'],
  ['a.txt', 'Email component: EXCH\nTenant ID: contoso\n', 'a.txt, Tenant ID: expected a GUID'],
  [
    'a.xml',
    '<emailPreferences><emial/></emailPreferences>',
    'a.xml, emial: expected "email", found an unknown element',
  ],
  [
    'a.xml',
    '<emailPreferences><email><bcc>x</bcc></email></emailPreferences>',
    'a.xml, email/bcc: expected one of version, component in email, found an unknown element',
  ],
  [
    'a.xml',
    '<emailPreferences><email><version>1</version></email></emailPreferences>',
    'a.xml: expected one element emailPreferences with an element for each tab',
  ],
  [
    'a.xml',
    '<emailPreferences><email><version>1</version></email><connection/><apiEndpoints/></emailPreferences>',
    'a.xml, email/component: expected EXCH',
  ],
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
