import { opensEveryMailbox } from '../check/findings/permissions.ts';
import { lookAsApp } from '../check/look.ts';
import { clouds } from '../cloud/clouds.ts';
import type { Customer } from '../customer/customer.ts';
import type { Lock } from '../customer/lock.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { findRecord, keepRecord, preferencesPlace } from '../customer/record-file.ts';
import { opensMailboxes } from '../customer/scope.ts';
import { checkMail, type OutgoingMail } from '../mail/mail.ts';
import type { Verification } from '../mail/verify.ts';
import { scopeFailures } from '../mailbox-scope/failures.ts';
import { requireOther, type ScopePorts } from '../mailbox-scope/proof.ts';
import { mailboxScopeScript, scopedAppOf } from '../mailbox-scope/script.ts';
import { openPreferences, type PreferencesFile, readPreferences } from '../preferences/preferences-file.ts';
import { secretPatienceMs } from '../setup/existing.ts';
import { prove } from '../setup/proof.ts';
import { resolveTenant } from '../sign-in/resolve-tenant.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';
import { locked } from './locked.ts';
import { type Job, type Ports, readOwn } from './prepare.ts';
import { type ProofProgress, proveAndSend } from './prove-and-send.ts';

/** The PowerShell for the customer's Exchange administrator. Asks no one. Throws a Failure. */
export async function mailboxScopeText(customer: Customer, recordFile: string): Promise<string> {
  if (customer.scope === 'tenant') throw scopeFailures.scopeIsTenant();
  const record = await findRecord(recordFile, customer);
  const app = record && scopedAppOf(record);
  if (!app) throw scopeFailures.notRegistered();
  return mailboxScopeScript(customer, app);
}

export interface ScopeProofJob extends Job {
  readonly mail: OutgoingMail | undefined;
  /** Where a person says that the preferences are; the record says it otherwise. */
  readonly preferencesFile?: string | undefined;
}

type ScopeProofPorts = ScopePorts & Pick<Ports, 'random'>;

/**
 * Proves that the app is limited to the sender's mailbox, once more if need be; no one signs in but the app itself. Throws
 * a Failure.
 */
export async function* proveOneMailbox(
  job: ScopeProofJob,
  ports: ScopeProofPorts,
): AsyncGenerator<ProofProgress, Verification | undefined> {
  return yield* locked(job.files.record, job.by, ports, (own, lock) => proveIn(job, own, lock));
}

async function* proveIn(
  job: ScopeProofJob,
  ports: ScopeProofPorts,
  lock: Lock,
): AsyncGenerator<ProofProgress, Verification | undefined> {
  const { customer } = job;
  if (customer.scope === 'tenant') throw scopeFailures.scopeIsTenant();
  // Now, and not after Exchange was waited for.
  requireOther(customer);
  if (job.mail) await checkMail(job.mail);
  if (!(await findRecord(job.files.record, customer))) throw scopeFailures.notRegistered();
  const { http, signal } = ports;
  const tenant = { http, cloud: clouds[customer.cloud], tenant: customer.tenant };
  const { tenantId } = await resolveTenant(tenant, signal);
  const recordFile = keepRecord(lock, await readOwn(job, undefined, tenantId));
  const file = await fileOf(job, recordFile.current());
  const standing = recordFile
    .current()
    .grants.map(({ permission }) => permission)
    .filter(opensMailboxes);
  if (standing.length > 0) throw scopeFailures.tenantWide(standing);
  yield* requireNarrow(customer, file, recordFile.current(), ports);
  const proved = yield* proveAndSend({ ...job, file, trial: undefined }, ports, recordFile);
  return proved.verification;
}

/** Throws a Failure where Entra grants what opens every mailbox, on whatever API, as far as the app may see. */
async function* requireNarrow(
  customer: Customer,
  file: PreferencesFile,
  record: CustomerRecord,
  ports: ScopeProofPorts,
): AsyncGenerator<ProofProgress> {
  const preferences = await readPreferences(file.path);
  yield* prove(preferences, customer, ports.http, ports);
  const files = { customer, record, preferences, preferencesFile: file.path };
  const look = await lookAsApp(files, { ...ports, patienceMs: secretPatienceMs });
  const wide = opensEveryMailbox(look);
  if (wide.length > 0) throw scopeFailures.tenantWide(wide);
}

/** Preferences of another app would prove nothing of this one. */
async function fileOf(
  { files, preferencesFile }: ScopeProofJob,
  record: CustomerRecord,
): Promise<PreferencesFile> {
  const { application, preferences } = record;
  if (!application || !preferences) throw scopeFailures.notRegistered();
  const path = await preferencesPlace(files.record, record, preferencesFile);
  const file = await openPreferences(path);
  const found = file.current()?.connection.clientId;
  if (found === undefined) throw errors.fileMissing(path);
  if (found === application.clientId) return file;
  const expected = say`the app of the record, ${application.clientId}`;
  throw errors.badInput({ file: path, path: 'connection.clientId', expected, found });
}
