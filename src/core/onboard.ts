import { errors } from './advice/errors.ts';
import type { CustomerRecord } from './customer/record.ts';
import { checkMail, type OutgoingMail } from './mail/mail.ts';
import { dropOldFile } from './preferences/old-file.ts';
import { readPreferences } from './preferences/preferences-file.ts';
import { type Job, type Ports, type Preparation, type Prepared, prepare } from './prepare.ts';
import { apply } from './setup/apply.ts';
import type { Plan } from './setup/change.ts';
import { failures } from './setup/failures.ts';
import { isBlocked } from './setup/pre-flight.ts';
import type { Progress } from './setup/progress.ts';
import { prove } from './setup/proof.ts';
import type { Run } from './setup/run.ts';
import { tellingWhatExists, whatExists } from './setup/what-exists.ts';
import type { Session } from './sign-in/session.ts';
import { type Verification, type VerificationProgress, verify } from './verify.ts';

export interface OnboardJob extends Job {
  /** The verification mail; without it the record says that none was sent. */
  readonly mail: OutgoingMail | undefined;
}

export interface OnboardPorts extends Ports {
  /** Asked once, before the first change. */
  readonly confirm: (prepared: Prepared) => Promise<boolean>;
}

export type OnboardProgress =
  | Preparation
  | Progress
  | { readonly kind: 'proved'; readonly roles: readonly string[] }
  | VerificationProgress;

export interface Onboarded {
  readonly prepared: Prepared;
  readonly record: CustomerRecord;
  readonly verification: Verification | undefined;
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
  const { graph, recordFile, existing, plan, session } = prepared;
  const run = { ...ports, graph, recordFile };
  const look = graph.trips();
  yield* apply(job.customer, existing, plan, recordedAdmin(session), run);
  const trips = { look, afterGo: graph.trips() - look };
  yield* proveOnce(job, plan, ports, run);
  await dropOldFile(job.files.preferences);
  const verification =
    job.mail && (yield* verify(await readPreferences(job.files.preferences), job.mail, ports));
  if (verification) await recordFile.save({ ...recordFile.current(), verification: verification.entry });
  return { prepared, record: recordFile.current(), verification, trips };
}

function recordedAdmin({ admin }: Session): NonNullable<CustomerRecord['admin']> {
  return { objectId: admin.objectId, userPrincipalName: admin.userPrincipalName };
}

/** A secret that was proved with all permissions needs no second proof while nothing changes. */
async function* proveOnce(
  job: OnboardJob,
  plan: Plan,
  { http, clock }: OnboardPorts,
  run: Run,
): AsyncGenerator<OnboardProgress> {
  const { permissions } = job.customer.app;
  const record = run.recordFile.current();
  const keyId = record.secret?.keyId ?? '';
  const { proof } = record;
  const proved =
    proof?.keyId === keyId && permissions.every((permission) => proof.roles.includes(permission));
  if (proved && plan.changes.length === 0) return;
  const roles = yield* prove(job.files.preferences, permissions, http, run);
  await run.recordFile.save({ ...record, proof: { at: new Date(clock.now()).toISOString(), keyId, roles } });
  yield { kind: 'proved', roles };
}
