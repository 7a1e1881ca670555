import { rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { errors } from '../advice/errors.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { checkPlace, type PlaceNote } from '../files/place.ts';
import { readText } from '../files/read-text.ts';
import { exists } from '../files/target.ts';
import type { Preferences } from './preferences.ts';
import { inClear, readPreferences, writePreferences } from './preferences-file.ts';

/** Where the file that T&A may work with is kept until a new secret is proved: `NAME.before.ta-email.json`. */
export function oldFileOf(path: string): string {
  return path.replace(/(?:\.ta-email)?(?:\.[^.\\/]*)?$/, '.before$&');
}

/** Whether the preferences and the old file may lie there; says what to know about it. Throws a Failure. */
export async function checkPlaces(path: string): Promise<PlaceNote[]> {
  const [notes] = await Promise.all([checkPlace(path), checkPlace(oldFileOf(path))]);
  return notes;
}

/**
 * Where the old file is kept then; `undefined` where there is none to keep. One that is kept already stays: what stands in
 * its place now was never proved. Throws a Failure.
 */
export async function keepOldFile(path: string): Promise<string | undefined> {
  if (!(await exists(path))) return undefined;
  const old = oldFileOf(path);
  if (!(await exists(old))) await writeAtomically(old, await readText(path));
  return old;
}

/** The new file is proved. Throws a Failure. */
export async function dropOldFile(path: string): Promise<void> {
  const old = oldFileOf(path);
  try {
    await rm(old, { force: true });
  } catch (cause) {
    throw errors.cannotWrite(old, cause);
  }
}

export interface Replaced {
  /** `false`: the very same was there already. */
  readonly changed: boolean;
  /** Where what T&A may work with until then is kept. */
  readonly kept: string | undefined;
}

/** Writes preferences that are not proved yet; what was there before is kept. Throws a Failure. */
export async function replacePreferences(path: string, preferences: Preferences): Promise<Replaced> {
  if (await holds(path, preferences)) return { changed: false, kept: undefined };
  const kept = await keepOldFile(path);
  await writePreferences(path, preferences);
  return { changed: true, kept };
}

async function holds(path: string, preferences: Preferences): Promise<boolean> {
  const found = await readPreferences(path).catch(() => undefined);
  return found !== undefined && isDeepStrictEqual(inClear(found), inClear(preferences));
}
