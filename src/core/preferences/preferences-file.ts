import { writeAtomically } from '../files/atomic-write.ts';
import { sweepLeftovers } from '../files/leftovers.ts';
import { readJson } from '../files/read-json.ts';
import { type FormatName, formats } from './formats/formats.ts';
import { Preferences } from './preferences.ts';

/** Reads `NAME.ta-email.json`. Throws a Failure with exit code 3: file, place, what was expected, never a value. */
export function readPreferences(path: string): Promise<Preferences> {
  return readJson(path, Preferences);
}

/**
 * Writes the preferences with the secret in clear, readable by the owner alone; the one place where it goes into a file.
 * The old file stands until the new one is whole. Throws a Failure.
 */
export async function writePreferences(
  path: string,
  preferences: Preferences,
  format: FormatName = 'json',
): Promise<void> {
  await sweepLeftovers(path, Date.now());
  const text = formats[format].write(preferences, preferences.connection.clientSecret.reveal());
  await writeAtomically(path, text);
}
