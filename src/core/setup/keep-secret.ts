import { dirname, relative } from 'node:path';
import { withDone, withFailed } from '../customer/journal.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { RecordFile } from '../customer/record-file.ts';
import { preferencesFor } from '../preferences/preferences-for.ts';
import type { Secret } from '../secret.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { setUpFailures } from './failures.ts';
import { operationIn } from './keys.ts';
import { type Keeping, requireApplication, type StepPorts } from './step.ts';
import { removeNewSecret } from './steps/remove-client-secret.ts';

/**
 * Puts a secret into the preferences file, and returns the record that says so. A secret is shown once, so nothing that can
 * fail may come before this, the journal neither. Throws a Failure.
 */
export async function keepInFile(
  { customer, file, recordFile, clock }: Keeping,
  secret: Secret,
  record: CustomerRecord,
): Promise<CustomerRecord> {
  const { clientId } = requireApplication(record);
  await file.replace(preferencesFor(customer, record.tenant.id, clientId, secret));
  return recordPreferences(record, placeOf(file.path, recordFile), clock.now());
}

/** The same for a secret that was created a moment ago. Where it cannot be kept it is removed again in the tenant. */
export async function keepOrTakeBack(
  keeping: Keeping & StepPorts,
  secret: Secret,
  record: CustomerRecord,
): Promise<CustomerRecord> {
  keeping.recordFile.learn(record);
  try {
    return await keepInFile(keeping, secret, record);
  } catch (cause) {
    if (!(cause instanceof Failure) || !record.secret) throw cause;
    throw await takenBack(cause, { ...record, secret: record.secret }, keeping);
  }
}

/** The failure that kept a new secret, the record's, out of the file; it is removed in the tenant, unless the run was stopped. */
export async function takenBack(
  cause: Failure,
  record: WithSecret,
  keeping: Keeping & StepPorts,
): Promise<Failure> {
  const removed = await takeBack(record, keeping).catch(() => false);
  // The disk may be what failed: then the message is all that is left.
  await keeping.recordFile.save(keeping.recordFile.current()).catch(() => undefined);
  return setUpFailures.secretNotKept(cause, record.secret, removed);
}

type WithSecret = CustomerRecord & { readonly secret: NonNullable<CustomerRecord['secret']> };

async function takeBack(
  { secret: { keyId, displayName }, ...others }: WithSecret,
  keeping: Keeping & StepPorts,
): Promise<boolean> {
  const rest = { ...others, ...(others.renewal && { secret: others.renewal.oldSecret }) };
  const removed = await removeNewSecret(keyId, rest, keeping, say`remove the secret that could not be kept`);
  const moment = { at: keeping.clock.now(), operation: operationIn(displayName), step: 'add-client-secret' };
  if (removed) keeping.recordFile.learn(withFailed(rest, moment));
  return removed;
}

/** As the record says where a file is, so that a folder can be moved as a whole. */
export const placeOf = (file: string, { path }: Pick<RecordFile, 'path'>): string =>
  relative(dirname(path), file);

/** The file holds the record's secret. The entry carries the operation that made it: no run takes it for a leftover now. */
export function recordPreferences(record: CustomerRecord, file: string, at: number): CustomerRecord {
  const { keyId = '', displayName = '' } = record.secret ?? {};
  const preferences = { file, keyId, writtenAt: new Date(at).toISOString() };
  return withDone(
    record,
    { at, operation: operationIn(displayName), step: 'write-preferences' },
    { preferences },
  );
}
