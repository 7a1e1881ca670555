import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { encryptFor } from '../../../src/core/preferences/age.ts';
import { Secret } from '../../../src/core/secret.ts';
import { makeAgeKey, needAge, openWithKey, openWithPassphrase } from '../../support/age-tool.ts';
import { errorFrom } from '../../support/error-from.ts';
import { tempFolder } from '../../support/temp-folder.ts';

beforeAll(needAge, 180_000);

const text = 'Zürich "quoted"\r\n\u{1F600} end';

test('opens with the age tool for the holder of the key, and for nobody else', async () => {
  const folder = await tempFolder();
  const ours = await makeAgeKey(join(folder, 'ours.txt'));
  const other = await makeAgeKey(join(folder, 'other.txt'));
  const file = join(folder, 'a.age');
  await writeFile(file, await encryptFor({ kind: 'recipient', key: ours.recipient }, text));
  expect(await openWithKey(file, ours)).toBe(text);
  expect(await errorFrom(openWithKey(file, other))).toMatchObject({ code: 1 });
});

test('opens with the age tool by the passphrase, and is text that survives a mail', async () => {
  const folder = await tempFolder();
  const file = join(folder, 'a.age');
  const passphrase = 'correct horse battery';
  const armoured = await encryptFor({ kind: 'passphrase', passphrase: new Secret(passphrase) }, text);
  expect(armoured).toMatch(
    /^-----BEGIN AGE ENCRYPTED FILE-----\n[\w+/=\n]+-----END AGE ENCRYPTED FILE-----\n?$/,
  );
  await writeFile(file, armoured);
  expect(await openWithPassphrase(file, 'wrong horse battery', join(folder, 'b.txt'))).not.toBe(0);
  expect(await openWithPassphrase(file, passphrase, join(folder, 'a.txt'))).toBe(0);
  expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe(text);
}, 180_000);

test.each([
  ['no key', 'grace@contoso.com', 'The recipient is not an age key'],
  [
    'a key with a letter missing',
    'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8',
    'The recipient is not an age key',
  ],
  ['the secret half', `AGE-SECRET-KEY-1${'Q'.repeat(58)}`, 'This is the secret half of an age key'],
])('refuses %s, and quotes none of it', async (_, key, message) => {
  const error = await errorFrom(encryptFor({ kind: 'recipient', key }, text));
  expect(error).toMatchObject({
    code: 'TA-ENCRYPTION',
    exitCode: 3,
    message: expect.stringContaining(message),
  });
  expect(String(error)).not.toContain(key);
});

test('refuses a passphrase that can be guessed', async () => {
  const passphrase = new Secret('hunter2');
  const error = await errorFrom(encryptFor({ kind: 'passphrase', passphrase }, text));
  expect(error).toMatchObject({ message: expect.stringContaining('at least 12 characters') });
  expect(String(error)).not.toContain('hunter2');
});
