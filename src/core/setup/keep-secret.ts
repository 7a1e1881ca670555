import { Failure } from '../advice/failure.ts';
import type { Customer } from '../customer/customer.ts';
import { withFailed } from '../customer/journal.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { RecordFile } from '../customer/record-file.ts';
import type { Clock } from '../ports.ts';
import type { PreferencesFile } from '../preferences/preferences-file.ts';
import type { Secret } from '../secret.ts';
import { failures } from './failures.ts';
import { applicationOf } from './made.ts';
import { operationIn } from './operations.ts';
import type { Run } from './run.ts';
import { removeSecret } from './steps/remove-client-secret.ts';
import { preferencesFor } from './steps/write-preferences.ts';
import { placeOf, withWritten } from './written.ts';

export interface Keeping {
  readonly customer: Customer;
  readonly file: PreferencesFile;
  readonly recordFile: RecordFile;
  readonly clock: Clock;
}

/**
 * Puts a secret into the preferences file, and returns the record that says so. A secret is shown once, so nothing that can
 * fail may come before this, the journal neither. Throws a Failure.
 */
export async function keepSecret(
  { customer, file, recordFile, clock }: Keeping,
  secret: Secret,
  record: CustomerRecord,
): Promise<CustomerRecord> {
  const { clientId } = applicationOf(record);
  await file.replace(preferencesFor(customer, record.tenant.id, clientId, secret));
  return withWritten(record, placeOf(file.path, recordFile), clock.now());
}

/** The same for a secret that was created a moment ago. Where it cannot be kept it is removed again in the tenant. */
export async function keepOrTakeBack(
  keeping: Keeping & Run,
  secret: Secret,
  record: CustomerRecord,
): Promise<CustomerRecord> {
  keeping.recordFile.learn(record);
  try {
    return await keepSecret(keeping, secret, record);
  } catch (cause) {
    if (!(cause instanceof Failure) || !record.secret) throw cause;
    const removed = await takeBack(record, record.secret, keeping).catch(() => false);
    // The disk may be what failed: then the message is all that is left.
    await keeping.recordFile.save(keeping.recordFile.current()).catch(() => undefined);
    throw failures.secretNotKept(cause, record.secret, removed);
  }
}

async function takeBack(
  { secret: _taken, ...rest }: CustomerRecord,
  { keyId, displayName }: NonNullable<CustomerRecord['secret']>,
  run: Run,
): Promise<boolean> {
  const removed = await removeSecret(keyId, rest, run, 'remove the secret that could not be kept');
  const moment = { at: run.clock.now(), operation: operationIn(displayName), step: 'add-client-secret' };
  if (removed) run.recordFile.learn(withFailed(rest, moment));
  return removed;
}
