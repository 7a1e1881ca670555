import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { shellPath } from '../words/escape.ts';
import { say } from '../words/say.ts';
import type { PlaceNote } from './place.ts';

/** Group and others: any access at all. */
const forOthers = 0o077;

/** Whether only its owner can read a file; `undefined` where that is not known: Windows has no such modes, and shows none. */
export function isPrivate(path: string, platform: NodeJS.Platform = process.platform): boolean | undefined {
  if (platform === 'win32') return undefined;
  try {
    return (statSync(path).mode & forOthers) === 0;
  } catch {
    return undefined;
  }
}

/** What to know about a file with a secret that came with too wide a mode. What this tool writes itself is for its owner alone. */
export function openToOthers(path: string): PlaceNote[] {
  if (isPrivate(path) !== false) return [];
  const name = basename(path);
  return [
    {
      id: 'place-open',
      what: say`${name} contains the client secret, and other users of this computer can read it.`,
      next: say`Run chmod 600 ${shellPath(path)}. If other people use this computer, renew the secret as well.`,
    },
  ];
}
