import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { encryptedFileOf } from '../customer/file-names.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { sweepLeftovers } from '../files/leftovers.ts';
import { checkPlace, type PlaceNote } from '../files/place.ts';
import { parseShape, readJson } from '../files/read-json.ts';
import { readText } from '../files/read-text.ts';
import { parseStrictJson } from '../files/strict-json.ts';
import { exists } from '../files/target.ts';
import type { Secret } from '../secret.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { decryptWith } from './age.ts';
import { json } from './formats/format.ts';
import { type PlainPreferences, Preferences } from './preferences.ts';
import { fileChanged, oldFileInTheWay } from './preferences-failures.ts';

/** Where the file that T&A may work with is kept until a new secret is proved: `NAME.before.ta-email.json`. */
export function oldFileOf(path: string): string {
  return path.replace(/(?:\.ta-email)?(?:\.[^.\\/]*)?$/, '.before$&');
}

/** Whether the preferences and the old file may lie there; says what to know about it. Throws a Failure. */
export async function checkPlaces(path: string): Promise<PlaceNote[]> {
  // One after the other: a failure names the file that people know.
  const notes = await checkPlace(path);
  await checkPlace(oldFileOf(path));
  return notes;
}

/** `NAME.ta-email.json` in the hands of one run, which replaces and removes only what it has seen or written itself. */
export interface PreferencesFile {
  readonly path: string;
  /** As read, or as written last; `undefined` where there is no file. Throws a Failure where it holds no preferences. */
  current(): Preferences | undefined;
  /** Throws a Failure where another program has changed, made or removed the file since. */
  requireUnchanged(): Promise<void>;
  /** Throws a Failure where the secret of the file would be nowhere once it is replaced, by these: the old file holds another one. */
  requireRoom(next?: Preferences): Promise<void>;
  /**
   * Writes what is not proved yet. What was there is kept as the old file, unless one is kept already: then what stands in
   * its place was never proved. Throws a Failure, and then the old text stands.
   */
  replace(preferences: Preferences): Promise<Replaced>;
  /** What is in the file now is proved: removes the old file that this run has found or kept. Throws a Failure. */
  dropOld(): Promise<void>;
  /** Removes the file as it was seen, the old one, and an encrypted copy beside them. Throws a Failure. */
  remove(): Promise<void>;
}

export interface Replaced {
  /** `false`: the very same was there already. */
  readonly changed: boolean;
  /** Where what T&A may work with until then is kept. */
  readonly kept: string | undefined;
}

/** Looks at the file and the old one, which need not be there. What dead runs left of them goes: a secret may be in it. */
export async function openPreferences(path: string): Promise<PreferencesFile> {
  const old = oldFileOf(path);
  for (const file of [path, old]) await sweepLeftovers(file, Date.now());
  let seen = await printOf(path);
  let seenOld = await printOf(old);
  let found = seen === undefined ? undefined : await readPreferences(path).catch(orThrow);

  async function requireUnchanged(): Promise<void> {
    if ((await printOf(path)) !== seen) throw fileChanged(path);
  }

  async function requireRoom(next?: Preferences): Promise<void> {
    if (found === undefined || !(await exists(old))) return;
    const kept = await readPreferences(old).catch(orThrow);
    const holders = [kept, next].map(secretIn);
    if (!holders.includes(secretIn(found) ?? '')) throw oldFileInTheWay(path, old);
  }

  async function keepOld(): Promise<string | undefined> {
    if (seen === undefined) return undefined;
    if (!(await exists(old))) {
      await writeAtomically(old, await readText(path));
      seenOld = await printOf(old);
    }
    return old;
  }

  async function dropOld(): Promise<void> {
    if (seenOld !== undefined && (await printOf(old)) === seenOld) await remove(old);
  }

  return {
    path,
    current() {
      if (found instanceof Failure) throw found;
      return found;
    },
    requireUnchanged,
    requireRoom,
    async replace(preferences) {
      await requireUnchanged();
      const text = textOf(preferences);
      if (found && !(found instanceof Failure) && textOf(found) === text)
        return { changed: false, kept: undefined };
      const kept = await keepOld();
      await writePreferences(path, preferences);
      [found, seen] = [preferences, print(text)];
      return { changed: true, kept };
    },
    dropOld,
    async remove() {
      await requireUnchanged();
      await dropOld();
      await remove(encryptedFileOf(path));
      // The last: what a dead run has left is found again by it.
      await remove(path);
      [found, seen] = [undefined, undefined];
    },
  };
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (cause) {
    throw errors.cannotWrite(path, cause);
  }
}

/** The same for the same text only; `undefined` where there is no file. */
async function printOf(path: string): Promise<string | undefined> {
  if (!(await exists(path))) return undefined;
  try {
    return print(await readText(path));
  } catch (cause) {
    return orThrow(cause).code;
  }
}

const print = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What a file holds that is no text or no preferences; that it cannot be read is another matter. */
function orThrow(cause: unknown): Failure {
  if (cause instanceof Failure && cause.code === 'TA-BAD-INPUT') return cause;
  throw cause;
}

/** Reads `NAME.ta-email.json`. Throws a Failure with exit code 3: file, place, what was expected, never a value. */
export function readPreferences(path: string): Promise<Preferences> {
  return readJson(path, Preferences);
}

/** The old file beside it, where there is one that can be read. */
export async function findOld(path: string): Promise<Preferences | undefined> {
  return await readPreferences(oldFileOf(path)).catch(() => undefined);
}

/** Those that `export --secret encrypt` has written beside where the file would be. Throws a Failure. */
export async function readEncrypted(path: string, keyFile: Secret): Promise<Preferences> {
  const armoured = await readText(path, say`an age file`);
  const text = await decryptWith({ kind: 'key file', text: keyFile }, armoured);
  return parseShape(parseStrictJson(text, path), Preferences, path);
}

/**
 * Writes the preferences with the secret in clear, readable by the owner alone. The old file stands until the new one is whole. Throws a Failure.
 */
export async function writePreferences(path: string, preferences: Preferences): Promise<void> {
  await writeAtomically(path, textOf(preferences));
}

const secretIn = (found: Preferences | Failure | undefined): string | undefined =>
  found instanceof Failure ? undefined : found?.connection.clientSecret.reveal();

const textOf = (preferences: Preferences): string => json.write(inClear(preferences));

/** With another text in the place of the secret where one is given. */
export function inClear(
  preferences: Preferences,
  clientSecret: string = preferences.connection.clientSecret.reveal(),
): PlainPreferences {
  return { ...preferences, connection: { ...preferences.connection, clientSecret } };
}
