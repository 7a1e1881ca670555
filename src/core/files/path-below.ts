import { lstat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { lookAt } from './look-at.ts';
import { isDevice, windowsPathFault } from './windows-path.ts';

/**
 * Whether a path that one of our files names stays below the folder of that file, on any system, told by its text alone:
 * a mere look at `\\host\share` hands the user's password hash to the host.
 */
export function staysBelow(path: string, platform: NodeJS.Platform = process.platform): boolean {
  if (/^[a-z]:|\p{Cc}/iu.test(path)) return false;
  if (platform === 'win32' && windowsPathFault(path) !== undefined) return false;
  return path.split(/[\\/]/).every((part) => part === '.' || (!isDevice(part) && /[^. ]/.test(part)));
}

/** The file that such a path means; `undefined` where it leads out of the folder, by a link too. */
export async function fileBelow(folder: string, path: string): Promise<string | undefined> {
  if (!staysBelow(path)) return undefined;
  let at = folder;
  for (const part of path.split(sep)) {
    at = join(at, part);
    if ((await lookAt(at, (place) => lstat(place)))?.isSymbolicLink()) return undefined;
  }
  return at;
}
