import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runAsUser } from '../../support/run-as-user.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function renameAsUser(folder: string, patienceMs: number): Promise<string> {
  const module = new URL('../../../src/core/files/rename-patiently.ts', import.meta.url);
  return runAsUser(module, 'renamePatiently', [join(folder, 'a'), join(folder, 'b'), patienceMs]);
}

async function lockedFolder(): Promise<string> {
  const outer = await tempFolder();
  await chmod(outer, 0o755);
  const folder = join(outer, 'folder');
  await mkdir(folder);
  await writeFile(join(folder, 'a'), 'new');
  await chmod(folder, 0o555);
  // Only root may remove it as it is.
  onTestFinished(() => chmod(folder, 0o755));
  return folder;
}

test('waits for a locked place', async () => {
  const folder = await lockedFolder();
  const renaming = renameAsUser(folder, 20_000);
  setTimeout(() => void chmod(folder, 0o777), 1000);
  expect(await renaming).toBe('done');
  expect(await readdir(folder)).toEqual(['b']);
});

test('gives up on a place that stays locked', async () => {
  const folder = await lockedFolder();
  expect(await renameAsUser(folder, 100)).toBe('EACCES');
  expect(await readdir(folder)).toEqual(['a']);
});

test('does not wait where waiting is of no use', async () => {
  const folder = await lockedFolder();
  expect(await renameAsUser(join(folder, 'none'), 600_000)).toBe('ENOENT');
});
