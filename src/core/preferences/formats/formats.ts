import type { Preferences } from '../preferences.ts';
import { json } from './json.ts';

/** A way to write the preferences down. */
export interface Format {
  readonly extension: string;
  /** `clientSecret` in clear: the caller alone decides that it goes into a file. */
  write(preferences: Preferences, clientSecret: string): string;
}

/** By the name that a user gives. A new format is a file beside this one and a line here. */
export const formats = { json } as const satisfies Readonly<Record<string, Format>>;
export type FormatName = keyof typeof formats;
