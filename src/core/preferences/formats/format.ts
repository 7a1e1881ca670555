import type { PlaceNote } from '../../files/place.ts';
import type { PlainPreferences } from '../preferences.ts';

/** A way to write the preferences down. */
export interface Format {
  write(preferences: PlainPreferences): string;
  /** What the reader of such a file has to know about these values. */
  note?(preferences: PlainPreferences): PlaceNote | undefined;
}
