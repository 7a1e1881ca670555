import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/**
 * Where Node keeps the compiled code of this program for its next start: among the caches of the user. A relative path would
 * lead into the folder of a customer. Node's own choice is the folder for temporary files, in which another user could lay code
 * for this program to run.
 */
export function compiledCode({
  platform,
  env,
}: Pick<NodeJS.Process, 'platform' | 'env'>): string | undefined {
  const { HOME, LOCALAPPDATA, XDG_CACHE_HOME } = env;
  const below = (folder: string | undefined, ...names: string[]): string | undefined =>
    folder && isAbsolute(folder) ? join(folder, ...names, 'ta-exchange') : undefined;
  if (platform === 'win32') return below(LOCALAPPDATA);
  if (platform === 'darwin') return below(HOME, 'Library', 'Caches');
  return below(XDG_CACHE_HOME) ?? below(HOME, '.cache');
}

/**
 * Makes the folder where it is missing, and says whether no one else can lay code in it: Node makes it with whatever the umask
 * allows, and would take one that is there as it is. Windows goes by the rights of the user's own folders.
 */
export function isOnlyOurs(folder: string): boolean {
  try {
    makeFolders(folder);
    const found = lstatSync(folder);
    if (!found.isDirectory()) return false;
    return process.platform === 'win32' || (found.uid === process.getuid?.() && (found.mode & 0o022) === 0);
  } catch {
    return false;
  }
}

/** With `recursive` Node never comes back from a file system that takes no folders and says that there is none, as /proc does. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolders(above);
  mkdirSync(folder, { mode: 0o700 });
}
