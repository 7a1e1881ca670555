import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { workTreeOf } from '../../../src/core/files/work-tree.ts';
import { git, gitRepository } from '../../support/git-repository.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('tells a file outside from one that git ignores, would take or has taken', async () => {
  const root = await gitRepository();
  const deep = join(root, 'a', 'b');
  await mkdir(deep, { recursive: true });
  await writeFile(join(root, '.gitignore'), '*.ta-email.json\n');
  await writeFile(join(deep, 'taken.json'), '{}');
  await git(root, 'add', '.');
  expect(await workTreeOf(deep, 'contoso.ta-email.json')).toEqual({ state: 'ignored', root });
  expect(await workTreeOf(deep, 'contoso.json')).toEqual({ state: 'not ignored', root });
  expect(await workTreeOf(deep, 'taken.json')).toEqual({ state: 'tracked', root });
  expect(await workTreeOf(await tempFolder(), 'contoso.json')).toEqual({ state: 'outside', root: '' });
});

test('takes strange names for names', async () => {
  const root = await gitRepository();
  await writeFile(join(root, '.gitignore'), '/-q\n/:(top)x\n');
  for (const name of ['-q', ':(top)x']) expect((await workTreeOf(root, name)).state, name).toBe('ignored');
  for (const name of ['--help', '*', ':!x', 'a b'])
    expect((await workTreeOf(root, name)).state, name).toBe('not ignored');
});

test('knows a work tree whose .git is a file', async () => {
  const root = await gitRepository();
  await git(root, 'commit', '--quiet', '--allow-empty', '-m', 'first');
  const tree = join(root, 'tree');
  await git(root, 'worktree', 'add', '--quiet', tree);
  expect(await workTreeOf(tree, 'contoso.json')).toEqual({ state: 'not ignored', root: tree });
});

test('runs no program that a repository names', async () => {
  const root = await gitRepository();
  const hook = join(root, 'hook.sh');
  await writeFile(hook, `#!/bin/sh\ntouch '${join(root, 'marker')}'\n`);
  await chmod(hook, 0o755);
  await git(root, 'config', 'core.fsmonitor', hook);
  await workTreeOf(root, 'contoso.json');
  expect(await readdir(root)).not.toContain('marker');
});

test('is not misled by the repository of a hook that we run in', async () => {
  const root = await gitRepository();
  vi.stubEnv('GIT_DIR', join(await gitRepository(), '.git'));
  await writeFile(join(root, '.gitignore'), 'contoso.json\n');
  expect((await workTreeOf(root, 'contoso.json')).state).toBe('ignored');
  vi.unstubAllEnvs();
});

test('says that it does not know where git is missing, or takes the folder for none of its own', async () => {
  const root = await gitRepository();
  vi.stubEnv('PATH', await tempFolder());
  expect(await workTreeOf(root, 'contoso.json')).toEqual({ state: 'unknown', root });
  vi.unstubAllEnvs();
  const empty = await tempFolder();
  await mkdir(join(empty, '.git'));
  expect(await workTreeOf(empty, 'contoso.json')).toEqual({ state: 'unknown', root: empty });
});
