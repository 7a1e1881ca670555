import { chmod, glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isPrivate, openToOthers } from '../../../src/core/files/private-file.ts';
import { tempFile, tempFolder } from '../../support/temp-folder.ts';

test.each([
  [0o600, true],
  [0o400, true],
  [0o640, false],
  [0o604, false],
  [0o644, false],
  [0o620, false],
])('a file of mode %o is for its owner alone: %s', async (mode, expected) => {
  const path = await tempFile('contoso.ta-email.json', '{}');
  await chmod(path, mode);
  expect(isPrivate(path, 'linux')).toBe(expected);
  expect(openToOthers(path)).toMatchObject(
    expected ? [] : [{ id: 'place-open', next: expect.saying(`chmod 600 ${path}.`) }],
  );
});

test('the command that is told takes no file for an option', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, '-x.ta-email.json'), '{}');
  await chmod(join(folder, '-x.ta-email.json'), 0o644);
  const before = process.cwd();
  onTestFinished(() => process.chdir(before));
  process.chdir(folder);
  expect(openToOthers('-x.ta-email.json')).toMatchObject([
    { next: expect.saying('chmod 600 ./-x.ta-email.json.') },
  ]);
});

test('nothing is claimed where there is no file, and on Windows, which shows no modes', async () => {
  const path = await tempFile('contoso.ta-email.json', '{}');
  await chmod(path, 0o600);
  expect(isPrivate(path, 'win32')).toBeUndefined();
  expect(isPrivate(`${path}.none`)).toBeUndefined();
  expect(openToOthers(`${path}.none`)).toEqual([]);
});

test('that a file is readable only by you is said only where that was looked at', async () => {
  const claims: string[] = [];
  for await (const path of glob('src/**/*.ts')) {
    const source = await readFile(path, 'utf8');
    if (/by you alone/.test(source) && !source.includes('isPrivate(')) claims.push(path);
  }
  expect(claims).toEqual([]);
});
