import { lstat, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type IgnoreFile, isIgnored } from './ignore-rules.ts';
import { lookAt } from './look-at.ts';
import { windowsPathFault } from './windows-path.ts';

/** What git would do with a file by the rules of its repository. `unknown`: they could not be read. */
type GitState = 'outside' | 'ignored' | 'not ignored' | 'unknown';

export interface WorkTree {
  readonly state: GitState;
  /** The folder that git watches; empty where the file is outside. */
  readonly root: string;
}

/**
 * What git would do with a file that need not exist; its folder is given as the file system knows it, links followed. Git
 * itself is not asked: in a folder from elsewhere it would start the programs which that folder's configuration names.
 */
export async function workTreeOf(folder: string, name: string): Promise<WorkTree> {
  const found = await findRoot(folder);
  if (found === undefined) return { state: 'outside', root: '' };
  const { root } = found;
  return { root, state: found.isRepository ? await stateIn(root, folder, name) : 'unknown' };
}

async function stateIn(root: string, folder: string, name: string): Promise<GitState> {
  try {
    const ignored = isIgnored(fromRoot(root, join(folder, name)), await rulesFor(root, folder));
    if (ignored === undefined) return 'unknown';
    return ignored ? 'ignored' : 'not ignored';
  } catch {
    return 'unknown';
  }
}

/** The nearest folder with a repository of its own; what only looks like one where there is no other. */
async function findRoot(folder: string): Promise<{ root: string; isRepository: boolean } | undefined> {
  const path = join(folder, '.git');
  const git = await lookAt(path, (at) => lstat(at));
  if (git && (!git.isDirectory() || (await isRepository(path)))) return { root: folder, isRepository: true };
  const above = dirname(folder) === folder ? undefined : await findRoot(dirname(folder));
  return above ?? (git && { root: folder, isRepository: false });
}

async function isRepository(folder: string): Promise<boolean> {
  const parts = await Promise.all(
    ['HEAD', 'objects', 'refs'].map((name) => lookAt(join(folder, name), (at) => lstat(at))),
  );
  return parts.every((part) => part !== undefined);
}

/** The rules that git would read, the weakest first. The user's own, which belong to no repository, are not among them. */
async function rulesFor(root: string, folder: string): Promise<IgnoreFile[]> {
  const folders = [''];
  for (const part of fromRoot(root, folder).split('/')) {
    if (part !== '') folders.push([folders.at(-1), part].filter(Boolean).join('/'));
  }
  const exclude = { folder: '', text: await readShared(join(root, '.git'), join('info', 'exclude')) };
  const chain = folders.map(async (below) => ({
    folder: below,
    text: await readSmall(join(root, below, '.gitignore')),
  }));
  return [exclude, ...(await Promise.all(chain))];
}

/** A file that all work trees of a repository share. In one made by `git worktree` or a submodule, `.git` is a file that names the folder. */
async function readShared(git: string, name: string): Promise<string> {
  if ((await lookAt(git, lstat))?.isDirectory()) return readSmall(join(git, name));
  const own = placeIn(dirname(git), /^gitdir: (.+)/.exec(await readSmall(git))?.[1]);
  if (own === undefined) return '';
  const common = placeIn(own, (await readSmall(join(own, 'commondir'))) || '.');
  return common === undefined ? '' : readSmall(join(common, name));
}

/** A folder that a file of the repository names; `undefined` where a look at it would reach for another machine or a device. */
function placeIn(folder: string, named: string | undefined): string | undefined {
  const path = named?.trimEnd() ?? '';
  if (path === '' || windowsPathFault(path) !== undefined) return undefined;
  return resolve(folder, path);
}

const maximumBytes = 1024 * 1024;

/** A text that git would read; empty where there is no file, and where it is a link, which git does not follow here either. */
async function readSmall(path: string): Promise<string> {
  const found = await lookAt(path, (at) => lstat(at));
  if (!found?.isFile()) return '';
  if (found.size > maximumBytes) throw new RangeError('too long for a file of rules');
  return await readFile(path, 'utf8');
}

const fromRoot = (root: string, path: string): string => relative(root, path).split(sep).join('/');
