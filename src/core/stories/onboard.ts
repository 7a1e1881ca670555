import { errors } from '../advice/errors.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { checkMail, type OutgoingMail } from '../mail/mail.ts';
import type { Verification } from '../mail/verify.ts';
import { apply } from '../setup/apply.ts';
import { failures } from '../setup/failures.ts';
import { isBlocked } from '../setup/pre-flight.ts';
import type { Progress } from '../setup/progress.ts';
import { tellingWhatExists, whatExists } from '../setup/what-exists.ts';
import type { Session } from '../sign-in/session.ts';
import { type Job, type Ports, type Preparation, type Prepared, prepare } from './prepare.ts';
import { type ProofProgress, proveAndSend } from './prove-and-send.ts';

export interface OnboardJob extends Job {
  /** The verification mail; without it the record says that none was sent. */
  readonly mail: OutgoingMail | undefined;
}

export interface OnboardPorts extends Ports {
  /** Asked once, before the first change. */
  readonly confirm: (prepared: Prepared) => Promise<boolean>;
  /** How long to wait for somebody else's consent; without it the run stops there. */
  readonly consentPatienceMs?: number | undefined;
  /** How long to wait for Exchange, where the app is limited to one mailbox; without it the run stops there. */
  readonly exchangePatienceMs?: number | undefined;
  /** How long the mail may take to arrive; the usual time unless told. */
  readonly receiptMs?: number | undefined;
}

export type OnboardProgress = Preparation | Progress | ProofProgress;

export interface Onboarded {
  readonly prepared: Prepared;
  readonly record: CustomerRecord;
  readonly verification: Verification | undefined;
  /** When the secret in the file was given a token with every permission: in this run. */
  readonly provedAt: number;
  /** Graph requests for the look, and from the confirmation to the last change. */
  readonly trips: { readonly look: number; readonly afterGo: number };
}

/** The story: look before leap, plan, apply, prove, send a mail. Stops at the first failure; running again goes on. */
export async function* onboard(
  job: OnboardJob,
  ports: OnboardPorts,
): AsyncGenerator<OnboardProgress, Onboarded> {
  if (job.mail) await checkMail(job.mail);
  const prepared = yield* prepare(job, ports);
  if (isBlocked(prepared.findings)) throw failures.blocked(prepared.findings);
  if (!(await ports.confirm(prepared))) {
    throw errors.cancelled(whatExists(prepared.existing.record), { doing: 'confirm' });
  }
  return yield* tellingWhatExists(carryOut(job, prepared, ports), prepared.recordFile);
}

async function* carryOut(
  job: OnboardJob,
  prepared: Prepared,
  ports: OnboardPorts,
): AsyncGenerator<OnboardProgress, Onboarded> {
  const { graph, recordFile, file, existing, plan, session } = prepared;
  const run = { ...ports, graph, recordFile, file };
  const look = graph.trips();
  yield* apply(job.customer, existing, plan, recordedAdmin(session), run);
  const trips = { look, afterGo: graph.trips() - look };
  const trial = plan.changes.length > 0 ? undefined : existing.trial;
  const proved = yield* proveAndSend({ ...job, file, trial }, ports, recordFile);
  return { prepared, record: recordFile.current(), ...proved, trips };
}

function recordedAdmin({ admin }: Session): NonNullable<CustomerRecord['admin']> {
  return { objectId: admin.objectId, userPrincipalName: admin.userPrincipalName };
}
