import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { canWrite, checkFolder, exists } from '../../../src/core/files/target.ts';
import type { Failure } from '../../../src/core/words/failure.ts';
import { plain } from '../../../src/core/words/say.ts';
import { errorFrom } from '../../support/error-from.ts';
import { testWith } from '../../support/machine-tools.ts';
import { makeNamedPipe } from '../../support/named-pipe.ts';
import { runAsUser } from '../../support/run-as-user.ts';
import { tempFile, tempFolder } from '../../support/temp-folder.ts';

test('finds a new name and an old file fit, and leaves all as it was', async () => {
  const path = await tempFile('a.json', 'old');
  const folder = join(path, '..');
  const left = `.a.json.ta-${2 ** 30}-0123456789ab.tmp`;
  await writeFile(join(folder, left), '');
  await canWrite(path);
  await canWrite(join(folder, 'b.json'));
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual([left, 'a.json']);
});

testWith('mkfifo').each([
  ['a missing folder', 'none/a.json', 'expected a path in a folder that exists.'],
  ["a file in a folder's place", 'file/a.json', 'expected a path in a folder that exists.'],
  ['a folder', 'folder', 'expected a path to a file, found a folder.'],
  ['a link', 'link', 'expected a path to a file, found a link or device.'],
  ['a link to nothing', 'dangling', 'expected a path to a file, found a link or device.'],
  ['a pipe', 'pipe', 'expected a path to a file, found a link or device.'],
  ['a NUL', 'a\0b', 'expected a path without control characters.'],
  ['a line break', 'a\nb', 'expected a path without control characters.'],
  ['a line break in the name of a folder', 'a\nb/c.json', 'expected a path without control characters.'],
])('can never write to %s: bad input', async (_, name, message) => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'folder'));
  await writeFile(join(folder, 'file'), '');
  await symlink(join(folder, 'file'), join(folder, 'link'));
  await symlink(join(folder, 'nothing'), join(folder, 'dangling'));
  makeNamedPipe(join(folder, 'pipe'));
  const error = await errorFrom(canWrite(`${folder}/${name}`));
  expect(error).toMatchObject({ code: 'TA-BAD-INPUT', exitCode: 3 });
  expect((error as Failure).message).toBe(`${plain(`${folder}/${name}`)}: ${message}`);
  const next = message.includes(', found ') ? 'Move it away or rename it.' : 'Correct this value';
  expect(String((error as Failure).advice.next)).toMatch(next);
});

test('a folder may be there or not; what is no folder is refused, and so is a folder in none', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'folder'));
  await writeFile(join(folder, 'file'), '');
  await symlink(join(folder, 'folder'), join(folder, 'link'));
  for (const name of ['folder', 'new']) await checkFolder(join(folder, name));
  for (const [name, message] of [
    ['file', 'expected a path to a folder, found a file.'],
    ['link', 'expected a path to a folder, found a link or device.'],
    ['none/new', 'expected a path in a folder that exists.'],
  ] as const)
    expect(await errorFrom(checkFolder(join(folder, name)))).toMatchObject({
      code: 'TA-BAD-INPUT',
      message: expect.stringContaining(message),
    });
});

test('a name of a device is refused on Windows, where it is one', async () => {
  const { platform } = process;
  const runOn = (name: NodeJS.Platform) => Object.defineProperty(process, 'platform', { value: name });
  onTestFinished(() => void runOn(platform));
  const path = join(await tempFolder(), 'nul.txt');
  runOn('linux');
  await checkFolder(path);
  runOn('win32');
  expect(await errorFrom(checkFolder(path))).toMatchObject({ code: 'TA-BAD-INPUT' });
});

test('refuses an empty path and a root', async () => {
  for (const path of ['', '/']) expect(await errorFrom(canWrite(path))).toMatchObject({ exitCode: 3 });
});

test.each([
  ['a folder', 0o555, 0o600],
  ['a file', 0o777, 0o444],
])('fails where %s may not be written to', async (_, folderMode, fileMode) => {
  const path = await tempFile('a.json', 'old');
  const folder = join(path, '..');
  await chmod(path, fileMode);
  await chmod(folder, folderMode);
  const module = new URL('../../../src/core/files/target.ts', import.meta.url);
  expect(await runAsUser(module, 'canWrite', [path])).toBe('TA-CANNOT-WRITE');
  expect(await readdir(folder)).toEqual(['a.json']);
  await chmod(folder, 0o755);
});

test('tells whether something is there, a dangling link too', async () => {
  const folder = await tempFolder();
  await symlink(join(folder, 'nothing'), join(folder, 'dangling'));
  expect(await exists(join(folder, 'dangling'))).toBe(true);
  expect(await exists(join(folder, 'nothing'))).toBe(false);
});

test('takes nothing for "not there" but what the file system says is not there', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'file'), '');
  await symlink('loop', join(folder, 'loop'));
  expect(await exists(join(folder, 'file', 'below'))).toBe(false);
  for (const name of [join('loop', 'a.json'), 'a'.repeat(300)])
    expect(await errorFrom(exists(join(folder, name))), name).toMatchObject({ code: 'TA-CANNOT-READ' });
});
