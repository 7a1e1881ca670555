import { link, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addIgnoreLine } from '../../../src/core/files/ignore-line.ts';
import { temporaryName } from '../../../src/core/files/leftovers.ts';
import { checkPlace } from '../../../src/core/files/place.ts';
import { git, gitRepository } from '../../support/git-repository.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('adds the line once; then the file may be written, and git does not see it', async () => {
  const root = await gitRepository();
  const path = join(root, 'contoso.ta-email.json');
  expect(await addIgnoreLine(path)).toBe('*.ta-email.json*');
  expect(await addIgnoreLine(path)).toBeUndefined();
  expect(await readFile(join(root, '.gitignore'), 'utf8')).toBe('*.ta-email.json*\n');
  expect(await checkPlace(path)).toEqual([]);
  await writeFile(path, 'secret');
  await writeFile(temporaryName(path), 'secret');
  expect(await git(root, 'status', '--porcelain', '--untracked-files=all')).toBe('?? .gitignore\n');
});

test.each([
  ['without an end of line', 'node_modules', 'node_modules\n*.ta-email.json*\n'],
  ['of Windows', 'node_modules\r\n', 'node_modules\r\n*.ta-email.json*\r\n'],
])('keeps the style of a .gitignore %s', async (_, before, after) => {
  const root = await gitRepository();
  await writeFile(join(root, '.gitignore'), before);
  await addIgnoreLine(join(root, 'contoso.ta-email.json'));
  expect(await readFile(join(root, '.gitignore'), 'utf8')).toBe(after);
});

test('keeps the bytes of a .gitignore that is not UTF-8', async () => {
  const root = await gitRepository();
  const before = Buffer.from('B\xfcro\n', 'latin1');
  await writeFile(join(root, '.gitignore'), before);
  await addIgnoreLine(join(root, 'contoso.ta-email.json'));
  const after = await readFile(join(root, '.gitignore'));
  expect(after.subarray(0, before.length)).toEqual(before);
  expect(after.subarray(before.length).toString()).toBe('*.ta-email.json*\n');
});

test.each(['sheet.html', '#1 [x]*?!.html', '!x.ini', 'a\\b.csv', ' blank.xml'])(
  'has git ignore %j',
  async (name) => {
    const root = await gitRepository();
    await addIgnoreLine(join(root, name));
    expect(await checkPlace(join(root, name))).toEqual([]);
  },
);

test('a file elsewhere that is the same as .gitignore by a hard link stays as it is; the mode of .gitignore stays too', async () => {
  const root = await gitRepository();
  const [ignoreFile, elsewhere] = [join(root, '.gitignore'), join(await tempFolder(), 'elsewhere')];
  await writeFile(elsewhere, 'dist\n', { mode: 0o644 });
  await link(elsewhere, ignoreFile);
  const { mode } = await stat(ignoreFile);
  await addIgnoreLine(join(root, 'contoso.ta-email.json'));
  expect(await readFile(elsewhere, 'utf8')).toBe('dist\n');
  expect(await readFile(ignoreFile, 'utf8')).toBe('dist\n*.ta-email.json*\n');
  expect((await stat(ignoreFile)).mode).toBe(mode);
});
