import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { writeAtomically } from './atomic-write.ts';
import { lookAt } from './look-at.ts';
import { placeFailures } from './place-failures.ts';
import { checkTarget } from './target.ts';

export interface OutputOptions {
  /** Files that it is made from. */
  readonly inputs?: readonly string[];
  /** Preferences to work with: they alone may replace preferences. */
  readonly isPreferences?: boolean;
}

/** What a practice tenant is kept in. */
export const stateName = 'practice.state';

/** Names of files that nothing but this tool's own state may have. */
export const ownState = /\.ta-(?:customer|record|check)\.json$|^practice\.state$/i;

/** Writes a file that is no part of this tool's own state: a copy, a script, a plan. Throws a Failure. */
export async function writeOutput(path: string, text: string, options?: OutputOptions): Promise<void> {
  await checkOutput(path, options);
  await writeAtomically(path, text);
}

/**
 * Whether such a file may replace what lies here: not what this tool works with, which its name tells, nor what is being
 * read. Throws a Failure, exit code 3.
 */
export async function checkOutput(
  path: string,
  { inputs = [], isPreferences = false }: OutputOptions = {},
): Promise<void> {
  await checkTarget(path);
  await refuseOwnName(path, isPreferences ? ownState : undefined);
  const target = await identityOf(path);
  if (target === undefined) return;
  for (const input of inputs) {
    if ((await identityOf(input)) === target) throw placeFailures.isInput(path);
  }
}

/** For a folder too, which would be in the way of the file. */
export async function refuseOwnName(
  path: string,
  names = /\.ta-(?:email|customer|record|check)\.json$|^practice\.state$/i,
): Promise<void> {
  // A file system that knows one file by several names tells the true one.
  const real = (await lookAt(path, (at) => realpath(at))) ?? path;
  for (const name of [path, real]) {
    const [ending] = names.exec(basename(name)) ?? [];
    if (ending !== undefined) throw placeFailures.ownName(path, ending.toLowerCase());
  }
}

/** The same for all names of one file; `undefined` where there is none. */
async function identityOf(path: string): Promise<string | undefined> {
  const found = await lookAt(path, (at) => stat(at, { bigint: true }));
  return found && `${found.dev}:${found.ino}`;
}
