import type { PlaceNote } from '../../files/place.ts';
import { jsonText } from '../../json.ts';
import type { PlainPreferences } from '../preferences.ts';

/** A way to write the preferences down. */
export interface Format {
  write(preferences: PlainPreferences): string;
  /** What the reader of such a file has to know about these values. */
  note?(preferences: PlainPreferences): PlaceNote | undefined;
}

/** The file that this tool works with. */
export const json: Format = {
  write: (preferences) => `${jsonText(preferences)}\n`,
};
