import { clouds } from '../cloud/clouds.ts';
import { withIntent } from '../customer/journal.ts';
import { withLock } from '../customer/lock.ts';
import { findRecord, keepRecord, type RecordFile } from '../customer/record-file.ts';
import type { ScriptForm } from '../hand-over/scripts/script-forms.ts';
import { writeScript } from '../hand-over/scripts/write-script.ts';
import { checkRecipient } from '../preferences/age.ts';
import { newOperation, newUniqueName, uniqueNameIn } from '../setup/keys.ts';
import { resolveTenant } from '../sign-in/resolve-tenant.ts';
import { type Job, type Ports, readOwn } from './prepare.ts';

export interface ScriptRequest {
  readonly form: ScriptForm;
  readonly out: string;
  /** An age key to seal the secret to; without one it stays with the admin. */
  readonly recipient: string | undefined;
}

/** Writes the set-up as a script for the customer's own admin. No one signs in. Throws a Failure. */
export async function scriptForAdmin(
  job: Job,
  { form, out, recipient }: ScriptRequest,
  { http, clock, signal }: Pick<Ports, 'http' | 'clock' | 'signal'>,
): Promise<void> {
  // Before anything is asked.
  if (recipient !== undefined) await checkRecipient(recipient);
  const { customer, files } = job;
  await findRecord(files.record, customer);
  const cloud = clouds[customer.cloud];
  const { tenantId, answeredAt } = await resolveTenant({ http, cloud, tenant: customer.tenant }, signal);
  const now = answeredAt ?? clock.now();
  await withLock(files.record, job.by, async (lock) => {
    const recordFile = keepRecord(lock, await readOwn(job, undefined, tenantId));
    const uniqueName = await nameFor(recordFile, now);
    const record = recordFile.current();
    const what = { customer, record, uniqueName, form, recipient, adopt: job.adopt };
    await writeScript(out, { ...what, preferencesFile: files.preferences, now });
  });
}

/** Drawn once, whoever registers the application: other scripts, and our own run, find by it what this one registers. */
async function nameFor(recordFile: RecordFile, at: number): Promise<string> {
  const known = uniqueNameIn(recordFile.current());
  if (known !== undefined) return known;
  const note = newUniqueName();
  const moment = { at, operation: newOperation(), step: 'register-application', note };
  await recordFile.save(withIntent(recordFile.current(), moment));
  return note;
}
