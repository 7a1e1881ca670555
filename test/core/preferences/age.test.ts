import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decryptWith, encryptFor } from '../../../src/core/preferences/age.ts';
import { Secret } from '../../../src/core/secret.ts';
import { makeAgeKey, openWithKey } from '../../support/age-tool.ts';
import { errorFrom } from '../../support/error-from.ts';
import { testWith } from '../../support/machine-tools.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { startProgramInTerminal } from '../../support/terminal-cli.ts';

const text = 'Zürich "quoted"\r\n\u{1F600} end';
const passphrase = 'correct horse battery';

const madeByAge = (name: string) => readFile(join('test/golden/age', name), 'utf8');

test('opens what age 1.1.1 wrote for a key and for a passphrase', async () => {
  const keyFile = { kind: 'key file', text: new Secret(await madeByAge('key.txt')) } as const;
  expect(await decryptWith(keyFile, await madeByAge('to-key.age'))).toBe(text);
  const spoken = { kind: 'passphrase', passphrase: new Secret(passphrase) } as const;
  expect(await decryptWith(spoken, await madeByAge('to-passphrase.age'))).toBe(text);
}, 180_000);

/** Encrypts for one key, and opens it with that and with another, by a reader that is not ours. */
async function opensForItsHolderAlone(reader?: readonly string[]): Promise<void> {
  const folder = await tempFolder();
  const ours = await makeAgeKey(join(folder, 'ours.txt'));
  const other = await makeAgeKey(join(folder, 'other.txt'));
  const file = join(folder, 'a.age');
  await writeFile(file, await encryptFor({ kind: 'recipient', key: ours.recipient }, text));
  expect(await openWithKey(file, ours, reader)).toBe(text);
  expect(await errorFrom(openWithKey(file, other, reader))).toMatchObject({ code: 1 });
}

test('opens for the holder of the key, and for nobody else', () => opensForItsHolderAlone());

testWith('age')('opens with the tool age for the holder of the key, and for nobody else', () =>
  opensForItsHolderAlone(['age']),
);

/** Made once: it takes a second by design. */
const sealed = encryptFor({ kind: 'passphrase', passphrase: new Secret(passphrase) }, text);

test('is text that survives a mail', async () => {
  expect(await sealed).toMatch(
    /^-----BEGIN AGE ENCRYPTED FILE-----\n[\w+/=\n]+-----END AGE ENCRYPTED FILE-----\n?$/,
  );
}, 180_000);

testWith('age', 'python3')(
  'opens with the tool age by the passphrase, and by no other',
  async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'a.age'), await sealed);
    const open = async (words: string) => {
      const age = startProgramInTerminal(['age', '--decrypt', '-o', 'a.txt', 'a.age'], { cwd: folder });
      await age.shows('passphrase');
      age.type(`${words}\n`);
      return (await age.ended).code;
    };
    expect(await open('wrong horse battery')).not.toBe(0);
    expect(await open(passphrase)).toBe(0);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe(text);
  },
  180_000,
);

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

test('refuses a client secret in the place of a passphrase: whoever is told it could send', async () => {
  const passphrase = new Secret('Xy78Q~canary-canary.canary_canary~canary');
  const error = await errorFrom(encryptFor({ kind: 'passphrase', passphrase }, text));
  expect(error).toMatchObject({ message: expect.stringContaining('looks like a client secret') });
  expect(String(error)).not.toContain('canary');
});

test('refuses a passphrase that can be guessed', async () => {
  const passphrase = new Secret('hunter2');
  const error = await errorFrom(encryptFor({ kind: 'passphrase', passphrase }, text));
  expect(error).toMatchObject({ message: expect.stringContaining('at least 12 characters') });
  expect(String(error)).not.toContain('hunter2');
});
