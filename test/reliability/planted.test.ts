import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { type Planted, planted } from './planted.ts';
import { counted, isLong } from './tally.ts';

vi.setConfig({ testTimeout: 3_600_000 });
const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

test('each bug can still be planted, and the test that catches it is there', async () => {
  expect(planted).toHaveLength(14);
  for (const { bug, file, from, to, caughtBy } of planted) {
    const [testFile, name] = caughtBy;
    expect((await readFile(join(root, file), 'utf8')).split(from), `${bug}: ${file}`).toHaveLength(2);
    expect(to).not.toBe(from);
    expect(await readFile(join(root, testFile), 'utf8'), bug).toContain(name);
  }
});

/** A copy of what git knows, with the packages that are here. */
async function copyOfAll(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ta-planted-'));
  const { stdout } = await run('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 10_000_000 });
  for (const name of stdout.split('\0').filter((each) => each !== ''))
    await cp(join(root, name), join(folder, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

async function passes(folder: string, files: readonly string[], name = ''): Promise<boolean> {
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...files, '--reporter=dot', '--maxWorkers=1'];
  if (name) args.push('--testNamePattern', name);
  const { RELIABILITY: _ours, ...env } = process.env;
  return await run(process.execPath, args, { cwd: folder, env }).then(
    () => true,
    () => false,
  );
}

async function isCaught(folder: string, { file, from, to, caughtBy }: Planted): Promise<boolean> {
  const path = join(folder, file);
  const whole = await readFile(path, 'utf8');
  await writeFile(
    path,
    whole.replace(from, () => to),
  );
  const [testFile, name] = caughtBy;
  const caught = !(await passes(folder, [testFile], name));
  await writeFile(path, whole);
  return caught;
}

test.runIf(isLong)('planted: bugs of every kind, each noticed by its test', async () => {
  const folder = await copyOfAll();
  try {
    const files = planted.map(({ caughtBy: [file] }) => file);
    expect(await passes(folder, [...new Set(files)]), 'all pass where there is no bug').toBe(true);
    await counted('planted: bugs', async (cell) => {
      for (const each of planted)
        await cell(each.bug, async () => {
          expect(await isCaught(folder, each), `${each.file}, by ${dirname(each.caughtBy[0])}`).toBe(true);
        });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
