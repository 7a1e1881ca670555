import type { Lock } from '../customer/lock.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { keepRecord, type RecordFile } from '../customer/record-file.ts';
import { checkMail, type OutgoingMail } from '../mail/mail.ts';
import type { Verification } from '../mail/verify.ts';
import { apply } from '../setup/apply.ts';
import { setUpFailures } from '../setup/failures.ts';
import { isBlocked } from '../setup/pre-flight.ts';
import type { SetUpProgress } from '../setup/run.ts';
import { tellingWhatExists, whatExists, whatWasFound } from '../setup/what-exists.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';
import { locked } from './locked.ts';
import { type Job, type Ports, type Preparation, type Prepared, prepare } from './prepare.ts';
import { type ProofProgress, proveAndSend } from './prove-and-send.ts';

export interface OnboardJob extends Job {
  /** The test email; without it the record says that none was sent. */
  readonly mail: OutgoingMail | undefined;
}

export interface OnboardPorts extends Ports {
  /** Asked once, before the first change. */
  readonly confirm: (prepared: Prepared) => Promise<boolean>;
  /** How long to wait for someone else's consent; without it the run stops there. */
  readonly consentPatienceMs?: number | undefined;
  /** How long to wait for Exchange, where the app is limited to one mailbox; without it the run stops there. */
  readonly exchangePatienceMs?: number | undefined;
  /** How long the email may take to arrive; the usual time unless told. */
  readonly receiptMs?: number | undefined;
}

export type OnboardProgress = Preparation | SetUpProgress | ProofProgress;

export interface Onboarded {
  readonly prepared: Prepared;
  readonly record: CustomerRecord;
  readonly verification: Verification | undefined;
  /** When Entra, in this run, gave a token with every permission for the secret in the file. */
  readonly provedAt: number;
  /** Round trips to Graph: for the look, and from the confirmation to the last change. */
  readonly trips: { readonly look: number; readonly afterGo: number };
}

/**
 * The whole job, holding the customer's lock. It waits for others as long as `ports` allow, and stops at the first failure; the next run
 * continues from there.
 */
export async function* onboard(
  job: OnboardJob,
  ports: OnboardPorts,
): AsyncGenerator<OnboardProgress, Onboarded> {
  return yield* locked(job.files.record, job.by, ports, (own, lock) => lookAndSetUp(job, own, lock));
}

async function* lookAndSetUp(
  job: OnboardJob,
  ports: OnboardPorts,
  lock: Lock,
): AsyncGenerator<OnboardProgress, Onboarded> {
  if (job.mail) await checkMail(job.mail);
  // Read the files, sign in, read the tenant; find what would make the set-up fail, and plan the changes. Only one thing is changed before
  // the plan, where a person asks for it: a deleted application is restored or deleted permanently, and the tenant is read again.
  const prepared = yield* prepare(job, ports);
  const { findings, existing } = prepared;
  const { record, deletedChoice } = existing;
  if (isBlocked(findings)) throw setUpFailures.blocked(findings, deletedChoice);
  const recordFile = keepRecord(lock, record);
  const timed = { ...ports, clock: prepared.clock };
  return yield* tellingWhatExists(setUp(job, prepared, recordFile, timed), recordFile, (known) =>
    known === record ? whatWasFound(existing) : whatExists(known, deletedChoice),
  );
}

/** From the question on: nothing is changed unless it is confirmed. The record names each change before its request leaves. */
async function* setUp(
  job: OnboardJob,
  prepared: Prepared,
  recordFile: RecordFile,
  ports: OnboardPorts,
): AsyncGenerator<OnboardProgress, Onboarded> {
  const { graph, file, existing, plan, session } = prepared;
  if (!(await ports.confirm(prepared))) throw errors.cancelled('', { doing: say`confirm` });
  const { objectId, userPrincipalName } = session.admin;
  const look = graph.trips();
  // The changes, in the order of steps.ts. A new secret is written into the preferences file the moment it arrives.
  const run = { ...ports, graph, recordFile, file };
  yield* apply(job.customer, existing, plan, { objectId, userPrincipalName }, run);
  const trips = { look, afterGo: graph.trips() - look };
  // The proof: a token for the secret in the file, the limit to one mailbox if the customer wants it, then the test email: sent as T&A
  // sends it, and looked for in the mailbox of its sender and of a recipient in the same tenant.
  const trial = plan.changes.length > 0 ? undefined : existing.trial;
  const proved = yield* proveAndSend({ ...job, file, trial }, ports, recordFile);
  return { prepared, record: recordFile.current(), ...proved, trips };
}
