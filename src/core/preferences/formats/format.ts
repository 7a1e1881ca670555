import type { PlainPreferences } from '../preferences.ts';

/** A way to write the preferences down, and to read them back. */
export interface Format {
  write(preferences: PlainPreferences): string;
  /**
   * What the text says, not checked against any shape. Throws a Failure with exit code 3 that quotes no value. Absent
   * where the format is for people alone.
   */
  read?(text: string, file: string): unknown;
  /** What a person sees at a place of what was read, such as `Tenant ID`. Absent where the names are the file's own. */
  place?(path: readonly PropertyKey[]): string;
}
