import { rm } from 'node:fs/promises';
import { errors } from '../advice/errors.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { readText } from '../files/read-text.ts';
import { exists } from '../files/target.ts';

/** Where the file that T&A may work with is kept until a new secret is proved: `NAME.before.ta-email.json`. */
export function oldFileOf(path: string): string {
  return path.replace(/(?:\.ta-email)?(?:\.[^.\\/]*)?$/, '.before$&');
}

/** One that is kept already stays: what stands in its place now was never proved. Throws a Failure. */
export async function keepOldFile(path: string): Promise<void> {
  const old = oldFileOf(path);
  if (!(await exists(path)) || (await exists(old))) return;
  await writeAtomically(old, await readText(path));
}

/** The new file is proved. Throws a Failure. */
export async function dropOldFile(path: string): Promise<void> {
  const old = oldFileOf(path);
  try {
    await rm(old, { force: true });
  } catch (cause) {
    throw errors.cannotWrite(old, cause);
  }
}
