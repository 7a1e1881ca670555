import { writeAtomically } from '../files/atomic-write.ts';
import { sweepLeftovers } from '../files/leftovers.ts';
import { readJson } from '../files/read-json.ts';
import { json } from './formats/json.ts';
import { type PlainPreferences, Preferences } from './preferences.ts';

/** Reads `NAME.ta-email.json`. Throws a Failure with exit code 3: file, place, what was expected, never a value. */
export function readPreferences(path: string): Promise<Preferences> {
  return readJson(path, Preferences);
}

/**
 * Writes the preferences with the secret in clear, readable by the owner alone. The old file stands until the new one is whole. Throws a Failure.
 */
export async function writePreferences(path: string, preferences: Preferences): Promise<void> {
  await sweepLeftovers(path, Date.now());
  await writeAtomically(path, json.write(inClear(preferences)));
}

/** With another text in the place of the secret where one is given. */
export function inClear(
  preferences: Preferences,
  clientSecret: string = preferences.connection.clientSecret.reveal(),
): PlainPreferences {
  return { ...preferences, connection: { ...preferences.connection, clientSecret } };
}
