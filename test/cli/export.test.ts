import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writePreferences } from '../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../src/core/secret.ts';
import { makeAgeKey, openWithKey } from '../support/age-tool.ts';
import { gitRepository } from '../support/git-repository.ts';
import { preferencesWith } from '../support/preferences.ts';
import { runCli } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

const canary = 'Cnry~0123456789abcdefghijklmnopqrstuvwxy';

async function preferencesIn(folder: string): Promise<string> {
  const path = join(folder, 'contoso.ta-email.json');
  await writePreferences(path, preferencesWith({ clientSecret: new Secret(canary) }));
  return path;
}

test('leaves the secret out unless told, and says so', async () => {
  const folder = await tempFolder();
  const out = join(folder, 'sheet.html');
  const { code, stdout } = await runCli([
    'export',
    await preferencesIn(folder),
    '--format',
    'html',
    '--out',
    out,
  ]);
  expect(stdout).toContain(`Written: ${out} (without the secret)`);
  expect(code).toBe(0);
  const page = await readFile(out, 'utf8');
  expect(page).not.toContain(canary);
  expect(page).toContain('(left out; it is in contoso.ta-email.json)');
});

test('encrypts for a recipient; the age tool opens it', async () => {
  const folder = await tempFolder();
  const key = await makeAgeKey(join(folder, 'key.txt'));
  const out = join(folder, 'a.ini');
  const args = [
    'export',
    await preferencesIn(folder),
    '--format',
    'ini',
    '--out',
    out,
    '--recipient',
    key.recipient,
    '--json',
  ];
  const { code, stdout } = await runCli(args);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ file: `${out}.age`, notes: [], format: 'ini', secret: 'encrypt' });
  expect(await openWithKey(`${out}.age`, key)).toContain(`clientSecret=${canary}`);
});

test('includes the secret when told, but not where git would take it along', async () => {
  const folder = await tempFolder();
  const preferences = await preferencesIn(folder);
  const args = ['export', preferences, '--format', 'csv', '--secret', 'include', '--out'];
  expect(await runCli([...args, join(folder, 'a.csv')])).toMatchObject({ code: 0 });
  expect(await readFile(join(folder, 'a.csv'), 'utf8')).toContain(canary);
  const root = await gitRepository();
  const { code, stdout, stderr } = await runCli([...args, join(root, 'a.csv')]);
  expect(code).toBe(3);
  expect(stderr).toContain(`Add the line /a.csv to ${join(root, '.gitignore')}`);
  expect(stdout + stderr).not.toContain(canary);
  expect(await readdir(root)).toEqual(['.git']);
});

test.each([
  [
    'a passphrase where nobody can be asked',
    ['--secret', 'encrypt'],
    'No one can be asked here for a secret value.',
  ],
  ['a passphrase on the command line', ['--passphrase', 'x'], '--passphrase is refused'],
  [
    'a recipient and the secret in clear',
    ['--secret', 'include', '--recipient', 'age1x'],
    'Leave one of them out.',
  ],
  ['another policy', ['--secret', 'perhaps'], "argument 'perhaps' is invalid"],
])('refuses %s with exit code 3', async (_, flags, message) => {
  const folder = await tempFolder();
  const out = join(folder, 'a.xml');
  const { code, stderr } = await runCli([
    'export',
    await preferencesIn(folder),
    '--format',
    'xml',
    '--out',
    out,
    ...flags,
  ]);
  expect(stderr).toContain(message);
  expect(code).toBe(3);
  expect(await readdir(folder)).toEqual(['contoso.ta-email.json']);
});

test('does not write to a folder that is not there', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'b'));
  const out = join(folder, 'c', 'a.xml');
  const args = [
    'export',
    await preferencesIn(folder),
    '--format',
    'xml',
    '--out',
    out,
    '--secret',
    'include',
  ];
  expect(await runCli(args)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('a path in a folder that exists'),
  });
});

test.each(['json', 'ini', 'xml', 'csv', 'html'])(
  'replaces an earlier export as %s, and no other file',
  async (format) => {
    const folder = await tempFolder();
    const preferences = await preferencesIn(folder);
    const out = join(folder, `copy.${format}`);
    const args = ['export', preferences, '--format', format, '--out', out];
    expect(await runCli(args)).toMatchObject({ code: 0 });
    expect(await runCli(args)).toMatchObject({ code: 0 });
    await writeFile(out, 'the minutes of a meeting');
    const { code, stderr } = await runCli(args);
    expect(stderr).toContain(`${out} already exists, and this tool did not write it.`);
    expect(code).toBe(3);
    expect(await readFile(out, 'utf8')).toBe('the minutes of a meeting');
  },
);
