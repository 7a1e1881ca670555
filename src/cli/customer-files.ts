import { resolve } from 'node:path';
import { preferencesFileOf, recordFileOf } from '../core/customer/file-names.ts';
import { customerOrRecord } from '../core/files/own-files.ts';
import type { Job } from '../core/stories/prepare.ts';
import { usageFailure } from './usage-failure.ts';

/** The files that belong to a customer file; `out`: where the preferences shall go instead of beside it. */
export function filesOf(customerFile: string, out: string | undefined): Job['files'] {
  const record = recordFileOf(customerFile);
  const preferences = out ?? preferencesFileOf(customerFile);
  // The next save of a record would overwrite the one copy of the secret.
  const isTaken = [customerFile, record].some((file) => sameFile(file, preferences));
  if (isTaken || customerOrRecord.test(preferences)) {
    throw usageFailure(
      `--out ${preferences} is the place of a customer file or a record. The preferences need a file of their own.`,
    );
  }
  return { record, preferences };
}

/** Case aside, which many file systems do not tell apart. */
const sameFile = (one: string, other: string): boolean =>
  resolve(one).toLowerCase() === resolve(other).toLowerCase();
