import { isAbsolute, join } from 'node:path';

/**
 * Where Node keeps the compiled code of this program for its next start: among the caches of the user, where no one else can
 * write. A relative path would lead into the folder of a customer. Node's own choice is the folder for temporary files, in
 * which another user could lay code for this program to run.
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
