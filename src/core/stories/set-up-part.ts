import type { Lock } from '../customer/lock.ts';
import { keepRecord } from '../customer/record-file.ts';
import { apply } from '../setup/apply.ts';
import { setUpFailures } from '../setup/failures.ts';
import { type PlanPart, partOf } from '../setup/plan.ts';
import { isBlocked } from '../setup/pre-flight.ts';
import { replicationWindowMs } from '../setup/replication.ts';
import type { SetUpProgress } from '../setup/run.ts';
import type { PartName } from '../setup/step.ts';
import { tellingWhatExists, whatWasFound } from '../setup/what-exists.ts';
import { growing, type Look, type NotYet, waitUntil } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';
import { locked } from './locked.ts';
import { type Job, type Ports, type Preparation, type Prepared, prepare } from './prepare.ts';

export interface PartJob extends Job {
  readonly part: PartName;
  /** The part that was made right before. */
  readonly made: PartName | undefined;
}

export interface PartPorts extends Ports {
  /** Asked before the first change; the plan holds the changes of this part alone. */
  readonly confirm: (prepared: Prepared) => Promise<boolean>;
  readonly consentPatienceMs?: number | undefined;
}

export type PartProgress = Preparation | SetUpProgress;

/** What came of one part: made, nothing to do, or not begun because an earlier part is still open. */
export type PartOutcome =
  | { readonly kind: 'made' | 'nothing to do' }
  | { readonly kind: 'needs'; readonly first: PartName };

/** Makes one part of the plan and no other change. A failure says what exists by then. */
export async function* setUpPart(job: PartJob, ports: PartPorts): AsyncGenerator<PartProgress, PartOutcome> {
  return yield* locked(job.files.record, job.by, ports, (own, lock) => makePart(job, own, lock));
}

async function* makePart(
  job: PartJob,
  ports: PartPorts,
  lock: Lock,
): AsyncGenerator<PartProgress, PartOutcome> {
  const { prepared, plan, first } = yield* lookPatiently(job, ports);
  if (first) return { kind: 'needs', first };
  if (plan.changes.length === 0) return { kind: 'nothing to do' };
  if (isBlocked(prepared.findings))
    throw setUpFailures.blocked(prepared.findings, prepared.existing.deletedChoice);
  const { existing, session, graph, clock, file } = prepared;
  if (!(await ports.confirm({ ...prepared, plan })))
    throw errors.cancelled(whatWasFound(existing), { doing: say`confirm` });
  const { objectId, userPrincipalName } = session.admin;
  const recordFile = keepRecord(lock, existing.record);
  const run = { ...ports, graph, clock, recordFile, file };
  const applying = apply(job.customer, existing, plan, { objectId, userPrincipalName }, run);
  yield* tellingWhatExists(applying, recordFile);
  return { kind: 'made' };
}

type Found = PlanPart & { readonly prepared: Prepared };

interface NotListed extends NotYet {
  readonly found: Found;
}

/** Graph lists what was made a moment ago only after a while; until then a look would call for it a second time. */
async function* lookPatiently(job: PartJob, ports: PartPorts): AsyncGenerator<PartProgress, Found> {
  async function* look(): AsyncGenerator<PartProgress, Look<Found, NotListed>> {
    const prepared = yield* telling(job.part, prepare(job, ports));
    const found = { ...partOf(prepared.plan, job.part), prepared };
    if (!found.first || found.first !== job.made) return { settled: found };
    const reason = say`Waiting until Microsoft Entra lists the new objects`;
    return { because: 'lag', reason, toldMs: undefined, found };
  }
  return yield* waitUntil<Found, NotListed, PartProgress>(look, {
    doing: say`look at the tenant`,
    clock: ports.clock,
    signal: ports.signal,
    random: ports.random,
    patienceMs: replicationWindowMs,
    pauses: growing({ firstMs: 1000, capMs: 15_000 }),
    tell: ({ ms }, { reason }) => ({ kind: 'waiting', reason, ms }),
    overdue: ({ found }) => found,
  });
}

/** What is shown before the question is what the question is about. */
async function* telling(
  part: PartName,
  preparing: AsyncGenerator<Preparation, Prepared>,
): AsyncGenerator<Preparation, Prepared> {
  for (;;) {
    const { done, value } = await preparing.next();
    if (done) return value;
    yield value.kind === 'looked' ? { ...value, plan: partOf(value.plan, part).plan } : value;
  }
}
