import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { workTreeOf } from '../../../src/core/files/work-tree.ts';
import { git, gitRepository } from '../../support/git-repository.ts';
import { makeNamedPipe } from '../../support/named-pipe.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('tells a file outside from one that git ignores and one that it would take', async () => {
  const root = await gitRepository();
  const deep = join(root, 'a', 'b');
  await mkdir(deep, { recursive: true });
  await writeFile(join(root, '.gitignore'), '*.ta-email.json\n');
  expect(await workTreeOf(deep, 'contoso.ta-email.json')).toEqual({ state: 'ignored', root });
  expect(await workTreeOf(deep, 'contoso.json')).toEqual({ state: 'not ignored', root });
  expect(await workTreeOf(await tempFolder(), 'contoso.json')).toEqual({ state: 'outside', root: '' });
});

test('takes strange names for names', async () => {
  const root = await gitRepository();
  await writeFile(join(root, '.gitignore'), '/-q\n/:(top)x\n');
  for (const name of ['-q', ':(top)x']) expect((await workTreeOf(root, name)).state, name).toBe('ignored');
  for (const name of ['--help', '*', ':!x', 'a b'])
    expect((await workTreeOf(root, name)).state, name).toBe('not ignored');
});

test.each(['worktree', 'submodule'])(
  'reads the excludes of a repository whose .git is a file: %s',
  async (kind) => {
    const main = await gitRepository();
    await git(main, 'commit', '--quiet', '--allow-empty', '-m', 'first');
    const tree = join(main, 'tree');
    if (kind === 'worktree') await git(main, 'worktree', 'add', '--quiet', tree);
    else await git(main, '-c', 'protocol.file.allow=always', 'submodule', 'add', '--quiet', main, 'tree');
    await writeFile(join(main, '.gitignore'), 'contoso.json\n');
    expect(await workTreeOf(tree, 'contoso.json')).toEqual({ state: 'not ignored', root: tree });
    const shared = (await git(tree, 'rev-parse', '--git-path', 'info/exclude')).trim();
    await writeFile(resolve(tree, shared), 'contoso.json\n');
    expect(await workTreeOf(tree, 'contoso.json')).toEqual({ state: 'ignored', root: tree });
  },
);

test('a repository inside another one is alone with its rules', async () => {
  const outer = await gitRepository();
  await writeFile(join(outer, '.gitignore'), '*.json\n');
  const inner = join(outer, 'inner');
  await mkdir(inner);
  await git(inner, 'init', '--quiet');
  expect(await workTreeOf(inner, 'a.json')).toEqual({ state: 'not ignored', root: inner });
});

test('what only looks like a repository is passed over where there is one above it', async () => {
  const outer = await gitRepository();
  const inner = join(outer, 'inner');
  await mkdir(join(inner, '.git'), { recursive: true });
  expect(await workTreeOf(inner, 'a.json')).toEqual({ state: 'not ignored', root: outer });
});

test('looks at nothing outside this machine that a .git file names, nor waits at a pipe', async () => {
  const root = await tempFolder();
  makeNamedPipe(join(root, 'pipe'));
  for (const named of [
    '\\\\host.example\\share',
    '//host.example/share',
    '\\\\.\\pipe\\a',
    'CON',
    'pipe',
    '',
  ]) {
    await writeFile(join(root, '.git'), `gitdir: ${named}\n`);
    expect((await workTreeOf(root, 'a.json')).state, named).toBe('not ignored');
  }
});

test('follows no link from a .gitignore, as git does not', async () => {
  const root = await gitRepository();
  await writeFile(join(root, 'rules'), '*.json\n');
  await symlink('rules', join(root, '.gitignore'));
  expect((await workTreeOf(root, 'a.json')).state).toBe('not ignored');
});

test('says that it does not know where rules are too long or would keep it busy for ever', async () => {
  const root = await gitRepository();
  const rules = join(root, '.gitignore');
  await writeFile(rules, '#'.repeat(1024 * 1024 + 1));
  expect(await workTreeOf(root, 'a.json')).toEqual({ state: 'unknown', root });
  await writeFile(rules, `${'*a'.repeat(40)}b\n`);
  expect(await workTreeOf(root, 'a'.repeat(200))).toEqual({ state: 'unknown', root });
});

test('a folder named .git is no repository, but nobody knows', async () => {
  const empty = await tempFolder();
  await mkdir(join(empty, '.git'));
  expect(await workTreeOf(empty, 'contoso.json')).toEqual({ state: 'unknown', root: empty });
});
