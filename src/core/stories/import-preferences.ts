import type { Cloud } from '../cloud/clouds.ts';
import { withLock } from '../customer/lock.ts';
import type { PlaceNote } from '../files/place.ts';
import { completePreferences } from '../preferences/import.ts';
import type { PastedPreferences, Preferences } from '../preferences/preferences.ts';
import { checkPlaces, openPreferences, type Replaced } from '../preferences/preferences-file.ts';
import type { Secret } from '../secret.ts';

export interface KeepJob {
  readonly found: PastedPreferences;
  readonly cloud: Cloud;
  /** Where the preferences go. */
  readonly out: string;
  /** The record of the customer whose preferences these are. */
  readonly recordFile: string;
  /** How the lock names this run. */
  readonly by: string;
}

export interface KeptPreferences extends Replaced {
  readonly preferences: Preferences;
  readonly notes: readonly PlaceNote[];
}

/** Writes imported preferences; a secret that they do not hold is asked for. The old file stays. Throws a Failure. */
export async function keepPreferences(
  { found, cloud, out, recordFile, by }: KeepJob,
  askSecret: () => Promise<Secret>,
): Promise<KeptPreferences> {
  return await withLock(recordFile, by, async () => {
    const file = await openPreferences(out);
    const notes = await checkPlaces(out);
    const preferences = completePreferences(
      found,
      cloud,
      found.connection.clientSecret ?? (await askSecret()),
    );
    await file.requireRoom(preferences);
    return { ...(await file.replace(preferences)), preferences, notes };
  });
}
