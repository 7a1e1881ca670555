import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { writePreferences } from '../../src/core/preferences/preferences-file.ts';
import { gitRepository } from '../support/git-repository.ts';
import { testWith } from '../support/machine-tools.ts';
import { preferencesWith } from '../support/preferences.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startInTerminal } from '../support/terminal-cli.ts';

const timeout = 120_000;
const test = testWith('python3');

async function encryptWith(first: string, second: string) {
  const cwd = await tempFolder();
  await writePreferences(join(cwd, 'a.ta-email.json'), preferencesWith());
  const args = ['export', 'a.ta-email.json', '--format', 'xml', '--out', 'a.xml', '--secret', 'encrypt'];
  const cli = startInTerminal(args, { cwd });
  await cli.shows('Passphrase for the file');
  cli.type(`${first}\r`);
  await cli.shows('The same again');
  cli.type(`${second}\r`);
  return { cwd, ended: cli.ended };
}

test('asks twice for a passphrase, and shows none of it', { timeout }, async () => {
  const { cwd, ended } = await encryptWith('correct horse battery', 'correct horse battery');
  const { code, screen } = await ended;
  expect(code).toBe(0);
  expect(screen).toContain('Written: a.xml.age (encrypted; opens with: age --decrypt)');
  expect(screen).not.toMatch(/correct|horse|battery/);
  const armoured = await readFile(join(cwd, 'a.xml.age'), 'utf8');
  expect(Buffer.from(armoured.split('\n').slice(1, -2).join(''), 'base64').toString('latin1')).toMatch(
    /^age-encryption\.org\/v1\n-> scrypt /,
  );
});

test('takes no passphrase that was typed differently', { timeout }, async () => {
  const { ended } = await encryptWith('correct horse battery', 'correct horse batter');
  expect(await ended).toMatchObject({
    code: 3,
    screen: expect.stringContaining('The two passphrases differ.'),
  });
});

test('offers the line that keeps the file out of git, and goes on once it is there', {
  timeout,
}, async () => {
  const cwd = await gitRepository();
  const preferences = join(await tempFolder(), 'a.ta-email.json');
  await writePreferences(preferences, preferencesWith());
  const cli = startInTerminal(
    ['export', preferences, '--format', 'ini', '--out', 'a.ini', '--secret', 'include'],
    { cwd },
  );
  await cli.shows('Stop');
  cli.type('\r');
  expect(await cli.ended).toMatchObject({ code: 0, screen: expect.stringContaining('Written: a.ini') });
  expect(await readFile(join(cwd, '.gitignore'), 'utf8')).toBe('/a.ini\n');
});
