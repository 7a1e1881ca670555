import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, link, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { writeAtomically } from '../../../src/core/files/atomic-write.ts';
import { sweepLeftovers, temporaryName } from '../../../src/core/files/leftovers.ts';
import { errorFrom } from '../../support/error-from.ts';
import { runAsUser } from '../../support/run-as-user.ts';
import { tempFile, tempFolder } from '../../support/temp-folder.ts';

vi.mock('../../../src/core/files/leftovers.ts', { spy: true });

test('writes a new file that the owner alone can read, and leaves nothing beside it', async () => {
  const folder = await tempFolder();
  await writeAtomically(join(folder, 'a.json'), 'Größe\n');
  expect(await readFile(join(folder, 'a.json'), 'utf8')).toBe('Größe\n');
  expect((await stat(join(folder, 'a.json'))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['a.json']);
});

test('takes the place of an old file that others could read', async () => {
  const path = await tempFile('a.json', 'old');
  await chmod(path, 0o644);
  await writeAtomically(path, 'new');
  expect(await readFile(path, 'utf8')).toBe('new');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('leaves another name of the old file as it was', async () => {
  const path = await tempFile('a.json', 'old');
  await link(path, `${path}.other`);
  await writeAtomically(path, 'new');
  expect(await readFile(`${path}.other`, 'utf8')).toBe('old');
});

test('writes through no link', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'victim'), 'old');
  await symlink(join(folder, 'victim'), join(folder, 'a.json'));
  const error = await errorFrom(writeAtomically(join(folder, 'a.json'), 'new'));
  expect(error).toMatchObject({ code: 'TA-BAD-INPUT', exitCode: 3 });
  expect(await readFile(join(folder, 'victim'), 'utf8')).toBe('old');
});

test('leaves the victim of a link that is put there between the check and the write', async () => {
  const folder = await tempFolder();
  const path = join(folder, 'a.json');
  await writeFile(join(folder, 'victim'), 'old');
  let swaps = 0;
  const swapping = (async () => {
    for (; swaps < 200; swaps += 1) {
      await rm(path, { force: true });
      await symlink(join(folder, 'victim'), path).catch(() => undefined);
    }
  })();
  while (swaps < 200) await writeAtomically(path, 'new').catch(() => undefined);
  await swapping;
  expect(await readFile(join(folder, 'victim'), 'utf8')).toBe('old');
});

test('writes through no link in the place of its new file either', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'victim'), 'victim');
  await symlink(join(folder, 'victim'), join(folder, 'planted.tmp'));
  vi.mocked(temporaryName).mockReturnValueOnce(join(folder, 'planted.tmp'));
  const error = await errorFrom(writeAtomically(join(folder, 'a.json'), 'text'));
  expect(error).toMatchObject({ code: 'TA-CANNOT-WRITE' });
  expect(await readFile(join(folder, 'victim'), 'utf8')).toBe('victim');
});

test('after kills at any moment the file is old or new, whole, and leftovers are swept', async () => {
  const folder = await tempFolder();
  const path = join(folder, 'a.json');
  const texts = ['a', 'b'].map((letter) => letter.repeat(300_000));
  await writeFile(path, texts[0] ?? '');
  const program = `
    import { writeAtomically } from ${JSON.stringify(new URL('../../../src/core/files/atomic-write.ts', import.meta.url).href)};
    process.stdout.write('ready');
    for (let turn = 0; ; turn += 1) await writeAtomically(process.argv[1], 'ab'[turn % 2].repeat(300_000));`;
  let leftovers = 0;
  // On a busy machine a process may not have come to its first write yet.
  for (let kill = 0; kill < 6 || (leftovers === 0 && kill < 60); kill += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, path]);
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    await sleep((kill % 6) * 3.4);
    child.kill('SIGKILL');
    await ended;
    expect(texts).toContain(await readFile(path, 'utf8'));
    leftovers += (await readdir(folder)).length - 1;
    await sweepLeftovers(path, Date.now());
    expect(await readdir(folder)).toEqual(['a.json']);
  }
  expect(leftovers).toBeGreaterThan(0);
});

function renameAsUser(folder: string, patienceMs: number): Promise<string> {
  const module = new URL('../../../src/core/files/atomic-write.ts', import.meta.url);
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
