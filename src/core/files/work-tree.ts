import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What git would do with a file. `unknown`: git is not there, or does not answer for this folder. */
type GitState = 'outside' | 'ignored' | 'not ignored' | 'tracked' | 'unknown';

export interface WorkTree {
  readonly state: GitState;
  /** The folder that git watches; empty where the file is outside. */
  readonly root: string;
}

/** Asks git about a file that need not be there; its folder is given as the file system knows it, links followed. */
export async function workTreeOf(folder: string, name: string): Promise<WorkTree> {
  const root = await findRoot(folder);
  if (root === undefined) return { state: 'outside', root: '' };
  const ignored = await git(folder, ['check-ignore', '--quiet', '--', `./${name}`]);
  if (ignored !== 1) return { state: ignored === 0 ? 'ignored' : 'unknown', root };
  const tracked = await git(folder, ['ls-files', '--error-unmatch', '--', `:(literal)${name}`]);
  return { state: tracked === 0 ? 'tracked' : 'not ignored', root };
}

/** `.git` is a folder, or a file in a work tree of its own. */
async function findRoot(folder: string): Promise<string | undefined> {
  const found = await stat(join(folder, '.git')).catch(() => undefined);
  if (found) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : findRoot(parent);
}

const patienceMs = 10_000;

/** The exit code, `undefined` where git could not be run. */
function git(folder: string, args: readonly string[]): Promise<number | undefined> {
  // A repository's own settings may name programs to run; Windows would take a git.exe from the current folder.
  const settings = ['-C', folder, '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath='];
  const options = {
    cwd: dirname(process.execPath),
    env: withoutGit(process.env),
    timeout: patienceMs,
    windowsHide: true,
  };
  return new Promise((resolve) => {
    execFile('git', [...settings, ...args], options, (error) => {
      const code = error === null ? 0 : error.code;
      resolve(typeof code === 'number' ? code : undefined);
    });
  });
}

/** Started from a git hook, we are told another repository by GIT_DIR. */
function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith('GIT_')));
}
