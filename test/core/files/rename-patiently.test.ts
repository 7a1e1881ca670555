import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../support/temp-folder.ts';

const source = new URL('../../../src/core/files/rename-patiently.ts', import.meta.url).href;

/** Renames `a` to `b` in another process, which is not root: root is refused nothing. Gives `done` or the error code. */
async function renameAsUser(folder: string, patienceMs: number): Promise<string> {
  const program = `
    import { renamePatiently } from ${JSON.stringify(source)};
    if (process.getuid() === 0) process.setuid(65534);
    const [, folder, patience] = process.argv;
    const words = await renamePatiently(folder + '/a', folder + '/b', Number(patience)).then(() => 'done', ({ code }) => code);
    process.stdout.write(words);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder, String(patienceMs)]);
  let words = '';
  child.stdout.on('data', (part: Buffer) => {
    words += part.toString();
  });
  await once(child, 'close');
  return words;
}

async function lockedFolder(): Promise<string> {
  const outer = await tempFolder();
  await chmod(outer, 0o755);
  const folder = join(outer, 'folder');
  await mkdir(folder);
  await writeFile(join(folder, 'a'), 'new');
  await chmod(folder, 0o555);
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
  const start = performance.now();
  expect(await renameAsUser(join(folder, 'none'), 20_000)).toBe('ENOENT');
  expect(performance.now() - start).toBeLessThan(10_000);
});
