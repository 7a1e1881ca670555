import { writeSync } from 'node:fs';

/** Put in by the build, from package.json. */
declare const builtVersion: string | undefined;

/**
 * Prints the version where nothing else is asked, before the program is loaded, and says whether it did. A stream that does not take it is
 * for the program, which knows what to say of it.
 */
export function printedVersion([asked, ...more]: readonly string[]): boolean {
  if ((asked !== '--version' && asked !== '-V') || more.length > 0) return false;
  try {
    return typeof builtVersion === 'string' && writeSync(1, `${builtVersion}\n`) > 0;
  } catch {
    return false;
  }
}
