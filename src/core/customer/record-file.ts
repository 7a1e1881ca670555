import { dirname } from 'node:path';
import { clouds } from '../cloud/clouds.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { sweepLeftovers } from '../files/leftovers.ts';
import { fileBelow } from '../files/path-below.ts';
import { readJson } from '../files/read-json.ts';
import { checkTarget, exists } from '../files/target.ts';
import { jsonText } from '../json.ts';
import { errors } from '../words/errors.ts';
import { setCloud } from '../words/faces.ts';
import type { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import type { Customer } from './customer.ts';
import { encryptedFileOf, preferencesFileOf } from './file-names.ts';
import type { Lock } from './lock.ts';
import { withSignIns } from './own-sign-ins.ts';
import { CustomerRecord } from './record.ts';

/** What a piece of work may do with a customer's record: read it, and change it as it is by then. */
export interface RecordNotes {
  current(): CustomerRecord;
  /** Why the change could not be kept, where that is no reason to stop. Throws a Failure where it is. */
  change(change: (record: CustomerRecord) => CustomerRecord): Promise<Failure | undefined>;
}

export interface RecordFile {
  readonly path: string;
  /** As read; then what was learnt or saved last. */
  current(): CustomerRecord;
  /** What a service has just told: it is known from now on, whether it can be saved or not. */
  learn(record: CustomerRecord): void;
  save(record: CustomerRecord): Promise<void>;
}

/** `undefined` where there is none. Throws a Failure where it is broken, or of another cloud than the customer file names. */
export async function findRecord(
  path: string,
  customer?: Pick<Customer, 'cloud'>,
): Promise<CustomerRecord | undefined> {
  const record = (await exists(path)) ? await readJson(path, CustomerRecord) : undefined;
  if (record && customer && record.cloud !== customer.cloud) throw ofOtherCloud(path, record, customer);
  return record;
}

/**
 * Reads `NAME.ta-record.json`; the initial one where there is none. A broken one, one of another tenant, and a practice
 * tenant's beside a production customer (or the other way round) are refused with exit code 3: it is never overwritten,
 * for it alone knows what exists.
 */
export async function readRecord(path: string, initial: CustomerRecord): Promise<CustomerRecord> {
  await checkTarget(path);
  await sweepLeftovers(path, Date.now());
  const record = (await findRecord(path, initial)) ?? initial;
  refuseStranger(path, record, initial);
  return record;
}

/** The record in the hands of the run that holds the customer's lock, as that run has read it. */
export function keepRecord(lock: Lock, record: CustomerRecord): RecordFile {
  let current = record;
  return {
    path: lock.recordFile,
    current: () => current,
    learn(record) {
      current = record;
    },
    save: (changed) =>
      lock.writes.take(async () => {
        current = await write(lock, changed);
      }),
  };
}

/** Once a renewal has begun, the record learns at once when the app signed in, beside whatever the run is doing. */
export function noteSignIns(lock: Lock, times: readonly number[]): Promise<void> {
  lock.signIns.push(...times);
  return lock.writes.take(async () => {
    const record = await findRecord(lock.recordFile);
    if (record?.renewal) await write(lock, record);
  });
}

async function write({ recordFile, lost, signIns }: Lock, changed: CustomerRecord): Promise<CustomerRecord> {
  const record = withSignIns(changed, signIns);
  // By then the record is another run's.
  if (lost()) throw lost();
  // Parsed for the order of its fields, the journal last.
  await writeAtomically(recordFile, `${jsonText(CustomerRecord.parse(record))}\n`);
  return record;
}

/** A tenant stays in its cloud, so one of the two files is wrong, or not this customer's. */
function ofOtherCloud(file: string, record: CustomerRecord, { cloud }: Pick<Customer, 'cloud'>): Failure {
  const recorded = clouds[record.cloud];
  return errors.badInput({
    file,
    path: 'cloud',
    expected: say`${cloud} as in the customer file`,
    found: record.cloud,
    next: say`Ask the customer's administrator in which cloud the tenant is. If it is ${recorded.label}, ${setCloud(recorded.name)}. If it is ${clouds[cloud].label}, the record is of another tenant: move it and the preferences file beside it away, then set up this customer. Nothing was sent.`,
  });
}

function refuseStranger(file: string, found: CustomerRecord, wanted: CustomerRecord): void {
  if (found.kind !== wanted.kind) {
    const expected = say`${wanted.kind} (move the other record away, or use another customer file)`;
    throw errors.badInput({ file, path: 'kind', expected, found: found.kind });
  }
  if (found.tenant.id.toLowerCase() !== wanted.tenant.id.toLowerCase()) {
    const expected = say`the customer's tenant ${wanted.tenant.id}`;
    throw errors.badInput({ file, path: 'tenant.id', expected, found: found.tenant.id });
  }
}

/** For work in a run that holds the lock: what cannot be kept ends it. */
export function notesIn(recordFile: RecordFile): RecordNotes {
  const { current, save } = recordFile;
  return {
    current,
    async change(change) {
      await save(change(current()));
      return undefined;
    },
  };
}

/**
 * Where the preferences are: where a person has said, else where the record says, else beside the record; there too where all files of
 * the customer were renamed, which the record does not hear of. A record may come
 * from anywhere, so what it names counts below its own folder only. Throws a Failure before another place is looked at.
 */
export async function preferencesPlace(
  recordFile: string,
  record: CustomerRecord | undefined,
  chosen: string | undefined,
): Promise<string> {
  if (chosen !== undefined) return chosen;
  const named = record?.preferences?.file;
  const own = preferencesFileOf(recordFile);
  if (named === undefined) return own;
  const file = await fileBelow(dirname(recordFile), named);
  if (file === undefined) throw errors.pathOutside(recordFile, named);
  if (file === own) return own;
  return !(await isThere(file)) && (await isThere(own)) ? own : file;
}

/** Or encrypted, as in a repository. */
const isThere = async (preferences: string): Promise<boolean> =>
  (await exists(preferences)) || (await exists(encryptedFileOf(preferences)));

/** A customer's secret never goes to the practice tenant, and a rehearsed one never to Microsoft. */
export function recordOfOtherWorld(file: string, found: CustomerRecord['kind']): Failure {
  const expected = found === 'practice' ? say`production` : say`practice`;
  const next =
    found === 'practice'
      ? say`This customer was set up in the practice tenant. Use it there, or leave it out.`
      : say`This customer was set up at Microsoft. Use it without the practice tenant.`;
  return errors.badInput({ file, path: 'kind', expected, found, next });
}
