import { checkPlace, type PlaceNote } from '../files/place.ts';

/** Where the file that T&A may work with is kept until a new secret is proved: `NAME.before.ta-email.json`. */
export function oldFileOf(path: string): string {
  return path.replace(/(?:\.ta-email)?(?:\.[^.\\/]*)?$/, '.before$&');
}

/** Whether the preferences and the old file may lie there; says what to know about it. Throws a Failure. */
export async function checkPlaces(path: string): Promise<PlaceNote[]> {
  const [notes] = await Promise.all([checkPlace(path), checkPlace(oldFileOf(path))]);
  return notes;
}
