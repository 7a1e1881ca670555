import { mayBeDone } from '../cloud/answers.ts';
import { mayHaveActed } from '../cloud/retry.ts';
import { openIntents, withDone, withFailed, withIntent, withOutcomes } from '../customer/journal.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Secret } from '../secret.ts';
import { growing, type Look, type NotYet, waitUntil } from '../waiting.ts';
import { say, type Words } from '../words/say.ts';
import { type Answered, answersTo, failureOf, judge, type Open, requestsOf, type Task } from './answers.ts';
import { setUpFailures } from './failures.ts';
import { newOperation } from './keys.ts';
import { replicationWindowMs } from './replication.ts';
import { type Run, type SetUpProgress, stopIfAsked } from './run.ts';
import type { Judgement } from './step.ts';
import { findStep } from './steps.ts';

/** Puts a secret that has just arrived into a safe place, and returns the record that says so. */
export type KeepSecret = (secret: Secret, record: CustomerRecord) => Promise<CustomerRecord>;

/**
 * Makes the changes of one round trip, and asks again for those whose objects the tenant does not know everywhere yet:
 * that is often over in a moment, so a wait is never much longer than a seventh of what was waited already.
 * The intents are on disk before the first request leaves. What the answer brings is on disk right after it: a new secret
 * first, by `keep`, then the record; and with it, written once for both, the intents of the trip that comes next.
 */
export async function* makeTrip(
  tasks: readonly Task[],
  run: Run,
  keep: KeepSecret,
  next: readonly Task[] = [],
): AsyncGenerator<SetUpProgress> {
  for (const { change } of tasks) yield { kind: 'started', change };
  if (!areNoted(tasks, run)) await run.recordFile.save(withEntries(withIntent, tasks, run));
  let open = openOf(tasks, run);
  let rounds = 0;
  const look = async function* (): AsyncGenerator<SetUpProgress, Look<void, StillOpen>> {
    const before = await settleDoubts(open, run);
    const left = await askOnce(before, rounds, run, keep, next);
    open = left.map((one) => one.open);
    for (const { change } of doneTasks(before, open)) yield { kind: 'done', change };
    if (left.length === 0) return { settled: undefined };
    const moved = left.length < before.length;
    const why = whyOpen(left);
    // Rounds of trouble in a row: what came through, or is merely not known yet, begins the count anew.
    rounds = moved || why.because === 'lag' ? 0 : rounds + 1;
    return { ...why, moved, left };
  };
  yield* waitUntil<void, StillOpen, SetUpProgress>(look, {
    doing: say`set up the tenant`,
    clock: run.clock,
    random: run.random,
    signal: run.signal,
    patienceMs: replicationWindowMs,
    pauses: growing({ firstMs: 100, capMs: 15_000, factor: 1.15 }),
    tell: ({ ms }, { reason }) => ({ kind: 'waiting', reason, ms }),
    overdue: async ({ because, left }) => {
      await giveUp(left, run);
      const [first] = left;
      throw because === 'trouble' && first
        ? failureOf(first)
        : setUpFailures.notReplicated(replicationWindowMs / 60_000);
    },
  });
}

interface StillOpen extends NotYet {
  readonly left: readonly Answered[];
}

const reasons: Readonly<Record<NotYet['because'], Words>> = {
  lag: say`Waiting until Microsoft Entra knows the new objects everywhere`,
  trouble: say`Microsoft Graph is not available at the moment`,
};

function whyOpen(left: readonly Answered[]): NotYet {
  const isTrouble = left.some(({ answer: { status } }) => !status || status === 429 || mayHaveActed(status));
  const because = isTrouble ? 'trouble' : 'lag';
  return { because, reason: reasons[because], toldMs: toldBy(left) };
}

/** The longest time that the service asked for. */
function toldBy(answered: readonly Answered[]): number | undefined {
  const told = answered.map(
    ({ answer }) => (answer.status === undefined ? answer.failure : answer).retryAfterMs ?? 0,
  );
  return Math.max(0, ...told) || undefined;
}

function openOf(tasks: readonly Task[], { recordFile }: Run): Open[] {
  return tasks.flatMap((task) =>
    requestsOf(task, recordFile.current()).map((_, index) => ({ task, index, doubt: false })),
  );
}

/** Returns what has no good answer yet. Judges every answer before it throws for one, so that all that was made is known. */
async function askOnce(
  open: readonly Open[],
  attempt: number,
  run: Run,
  keep: KeepSecret,
  next: readonly Task[],
): Promise<Answered[]> {
  stopIfAsked(run);
  const left: Answered[] = [];
  let record = run.recordFile.current();
  let secret: Secret | undefined;
  const failed: Answered[] = [];
  for (const answered of await answersTo(open, run)) {
    const judgement = await judge(answered, record, attempt, run);
    if (judgement.kind === 'done') {
      record = judgement.record;
      secret = judgement.secret ?? secret;
    } else if (judgement.kind === 'failed') failed.push(answered);
    else left.push(stillOpen(answered, judgement));
  }
  run.recordFile.learn(secret ? await keep(secret, record) : record);
  const given = failed.map((one) => inDoubt(one, mayBeDone(failureOf(one))));
  const unfinished = [...left, ...given].map((one) => one.open);
  const done = doneTasks(open, unfinished);
  run.recordFile.learn(withEntries(withDone, done, run));
  run.recordFile.learn(withEarlier(done, unfinished, run));
  await run.recordFile.save(withEntries(withIntent, unfinished.length > 0 ? [] : next, run));
  const [first] = failed;
  if (!first) return left;
  await giveUp([...given, ...left], run);
  throw failureOf(first);
}

/** What an earlier run set out to do and did not tell the outcome of has its outcome now. */
function withEarlier(
  done: readonly Task[],
  unfinished: readonly Open[],
  { recordFile, clock }: Run,
): CustomerRecord {
  return withOutcomes(recordFile.current(), clock.now(), ({ step: kind, operation }) => {
    if (unfinished.some(({ task }) => task.operation === operation)) return undefined;
    if (done.some(({ step, change }) => step.undoes?.(change) === operation)) return 'failed';
    // Where every attempt creates another object, this one says nothing about an earlier one.
    if (findStep(kind)?.outcomeOf) return undefined;
    return done.some(({ change }) => change.kind === kind) ? 'done' : undefined;
  });
}

const inDoubt = (answered: Answered, doubt: boolean): Answered => ({
  ...answered,
  open: { ...answered.open, doubt },
});

/** What comes next is decided by the last answer, which may be that of a read-back. */
function stillOpen(answered: Answered, judgement: Judgement): Answered {
  const { answer = answered.answer } = judgement.kind === 'lag' ? judgement : {};
  return inDoubt({ ...answered, answer }, judgement.kind === 'doubt');
}

/** What may have been made all the same is undone; where that fails too the next run does it, for the journal names it. */
async function giveUp(answered: readonly Answered[], run: Run): Promise<void> {
  const settled: Task[] = [];
  const told = toldBy(answered);
  const open = answered.map((one) => one.open);
  for (const task of new Set(open.map((one) => one.task))) {
    const doubt = open.some((one) => one.task === task && one.doubt);
    if (!doubt || (await isSettled(task, run, told))) settled.push(task);
  }
  // What the run stops for says more than that this could not be noted; the next run notes it.
  await run.recordFile.save(withEntries(withFailed, settled, run)).catch(() => undefined);
}

/** Longer than this a run that stops is not held up. */
const longestTold = 60_000;

async function isSettled(task: Task, run: Run, told = 0): Promise<boolean> {
  if (!task.step.settle || told > longestTold) return false;
  return await settle(task, run, told).then(
    () => true,
    () => false,
  );
}

async function settle({ step, operation }: Task, run: Run, firstAfterMs?: number): Promise<void> {
  await step.settle?.({ ...run, firstAfterMs }, run.recordFile.current(), operation);
}

const doneTasks = (before: readonly Open[], after: readonly Open[]): Task[] =>
  [...new Set(before.map(({ task }) => task))].filter((task) => !after.some((open) => open.task === task));

/** A change in doubt that must not be made twice is looked up, undone if it was made, and asked for under a new key. */
async function settleDoubts(open: readonly Open[], run: Run): Promise<Open[]> {
  const settled: Open[] = [];
  for (const one of open) {
    if (!one.doubt || !one.task.step.settle) {
      settled.push({ ...one, doubt: false });
      continue;
    }
    await settle(one.task, run);
    const task = { ...one.task, operation: newOperation() };
    run.recordFile.learn(withEntries(withFailed, [one.task], run));
    await run.recordFile.save(withEntries(withIntent, [task], run));
    settled.push({ ...one, task, doubt: false });
  }
  return settled;
}

/** Whether the trip before has saved the intents with its own outcome. */
function areNoted(tasks: readonly Task[], { recordFile }: Run): boolean {
  const noted = new Set(openIntents(recordFile.current()).map(({ operation }) => operation));
  return tasks.every(({ operation }) => noted.has(operation));
}

/** The record with an entry for each of the tasks. */
function withEntries(
  entry: typeof withIntent,
  tasks: readonly Task[],
  { recordFile, clock }: Run,
): CustomerRecord {
  return tasks.reduce((record, { change, step, operation }) => {
    const note = step.note?.(change);
    return entry(record, { at: clock.now(), operation, step: change.kind, ...(note && { note }) });
  }, recordFile.current());
}
