import { dirname, relative } from 'node:path';
import { withDone } from '../customer/journal.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { RecordFile } from '../customer/record-file.ts';
import { operationIn } from './operations.ts';

/** As the record says where a file is, so that a folder can be moved as a whole. */
export const placeOf = (file: string, { path }: Pick<RecordFile, 'path'>): string =>
  relative(dirname(path), file);

/** The file holds the record's secret. The entry carries the operation that made it: no run takes it for a leftover now. */
export function withWritten(record: CustomerRecord, file: string, at: number): CustomerRecord {
  const { keyId = '', displayName = '' } = record.secret ?? {};
  const preferences = { file, keyId, writtenAt: new Date(at).toISOString() };
  return withDone(
    record,
    { at, operation: operationIn(displayName), step: 'write-preferences' },
    { preferences },
  );
}
