import { dirname } from 'node:path';
import { fileBelow } from '../files/path-below.ts';
import { errors } from '../words/errors.ts';
import { preferencesFileOf } from './file-names.ts';
import type { CustomerRecord } from './record.ts';

/**
 * Where the preferences are: where a person has said, else where the record says, else beside the record. A record may come
 * from anywhere, so what it names counts below its own folder only. Throws a Failure before another place is looked at.
 */
export async function preferencesPlace(
  recordFile: string,
  record: CustomerRecord | undefined,
  chosen: string | undefined,
): Promise<string> {
  if (chosen !== undefined) return chosen;
  const named = record?.preferences?.file;
  if (named === undefined) return preferencesFileOf(recordFile);
  const file = await fileBelow(dirname(recordFile), named);
  if (file === undefined) throw errors.pathOutside(recordFile, named);
  return file;
}
