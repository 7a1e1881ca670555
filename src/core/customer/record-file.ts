import { errors } from '../advice/errors.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { sweepLeftovers } from '../files/leftovers.ts';
import { readJson } from '../files/read-json.ts';
import { checkTarget, exists } from '../files/target.ts';
import { jsonText } from '../json.ts';
import { CustomerRecord } from './record.ts';

export interface RecordFile {
  readonly path: string;
  /** As read, or the initial one where there was no file; then what was learnt or saved last. */
  current(): CustomerRecord;
  /** What a service has just told: it is known from now on, whether it can be saved or not. */
  learn(record: CustomerRecord): void;
  save(record: CustomerRecord): Promise<void>;
}

/**
 * Opens `NAME.ta-record.json`. A broken one, one of another tenant, and a practice tenant's beside a production customer
 * (or the other way round) are refused with exit code 3: it is never overwritten, for it alone knows what exists.
 */
export async function openRecord(path: string, initial: CustomerRecord): Promise<RecordFile> {
  await checkTarget(path);
  await sweepLeftovers(path, Date.now());
  let current = (await exists(path)) ? await readJson(path, CustomerRecord) : initial;
  refuseStranger(path, current, initial);
  return {
    path,
    current: () => current,
    learn(record) {
      current = record;
    },
    save: async (record) => {
      // Parsed for the order of its fields, the journal last.
      await writeAtomically(path, `${jsonText(CustomerRecord.parse(record))}\n`);
      current = record;
    },
  };
}

function refuseStranger(file: string, found: CustomerRecord, wanted: CustomerRecord): void {
  if (found.kind !== wanted.kind) {
    const expected = `${wanted.kind} (move the record of the other kind away, or use another customer file)`;
    throw errors.badInput({ file, path: 'kind', expected, found: found.kind });
  }
  if (found.tenant.id.toLowerCase() !== wanted.tenant.id.toLowerCase()) {
    const expected = `the customer's tenant ${wanted.tenant.id}`;
    throw errors.badInput({ file, path: 'tenant.id', expected, found: found.tenant.id });
  }
}
