import { withDone, withFailed, withIntent } from '../customer/journal.ts';
import type { Secret } from '../secret.ts';
import { type Answered, answersTo, failureOf, type Open, verdictOn } from './answers.ts';
import { backoffMs } from './backoff.ts';
import { failures } from './failures.ts';
import type { Progress } from './progress.ts';
import { replicationWindowMs } from './replication.ts';
import { pause, type Run, stopIfAsked } from './run.ts';
import type { Task } from './task.ts';

const settlePauseMs = 2000;

/**
 * Makes the changes of one round trip, and asks again for those whose objects the tenant does not know everywhere yet.
 * The intents are on disk before the first request leaves, the ids right after the answer. Returns the new secret.
 */
export async function* makeTrip(
  tasks: readonly Task[],
  run: Run,
): AsyncGenerator<Progress, Secret | undefined> {
  for (const { change } of tasks) yield { kind: 'started', change };
  for (const task of tasks) await note(withIntent, task, run);
  const until = run.clock.now() + replicationWindowMs;
  let secret: Secret | undefined;
  let open = openOf(tasks, run);
  for (let attempt = 0; ; attempt += 1) {
    const before = open;
    const round = await askOnce(open, attempt, run);
    secret = round.secret ?? secret;
    for (const task of finished(before, round.open)) {
      await note(withDone, task, run);
      yield { kind: 'done', change: task.change };
    }
    if (round.open.length === 0) return secret;
    if (run.clock.now() > until) throw failures.notReplicated(replicationWindowMs / 60_000);
    open = await settleDoubts(round.open, run);
    // Something came through, so what is left gets its patience anew.
    if (round.open.length < before.length) attempt = 0;
    const ms = backoffMs(attempt, run.random);
    yield { kind: 'waiting', reason: 'Microsoft Entra does not know the new objects everywhere yet', ms };
    await pause(run, ms);
  }
}

function openOf(tasks: readonly Task[], { recordFile }: Run): Open[] {
  return tasks.flatMap((task) =>
    task.requests(recordFile.current()).map((_, index) => ({ task, index, doubt: false })),
  );
}

/** Judges every answer before it throws for one, so that the record knows all that was made. */
async function askOnce(
  open: readonly Open[],
  attempt: number,
  run: Run,
): Promise<{ open: Open[]; secret?: Secret }> {
  stopIfAsked(run);
  const still: Open[] = [];
  let record = run.recordFile.current();
  let secret: Secret | undefined;
  const failed: Answered[] = [];
  for (const answered of await answersTo(open, run)) {
    const verdict = await verdictOn(answered, record, attempt, run);
    if (verdict.kind === 'done') {
      record = verdict.record;
      secret = verdict.secret ?? secret;
    } else if (verdict.kind === 'failed') failed.push(answered);
    else still.push({ ...answered.open, doubt: verdict.kind === 'doubt' });
  }
  await run.recordFile.save(record);
  for (const one of failed) await giveUp(one, run);
  const [first] = failed;
  if (first) throw failureOf(first);
  return secret ? { open: still, secret } : { open: still };
}

/** What may have been made all the same is undone; where that fails too the next run does it, for the journal names it. */
async function giveUp(failed: Answered, run: Run): Promise<void> {
  const { task } = failed.open;
  const { doubt, status = 0 } = failureOf(failed);
  if (doubt || status >= 500) await settle(task, run).catch(() => undefined);
  else await note(withFailed, task, run);
}

async function settle(task: Task, run: Run): Promise<void> {
  await task.settle?.(run.graph, run.recordFile.current(), () => pause(run, settlePauseMs));
}

const finished = (before: readonly Open[], after: readonly Open[]): Task[] =>
  [...new Set(before.map(({ task }) => task))].filter((task) => !after.some((open) => open.task === task));

/** A change in doubt that must not be made twice is looked up, undone if it was made, and asked for under a new key. */
async function settleDoubts(open: readonly Open[], run: Run): Promise<Open[]> {
  const settled: Open[] = [];
  for (const one of open) {
    if (!one.doubt || !one.task.settle) {
      settled.push({ ...one, doubt: false });
      continue;
    }
    await settle(one.task, run);
    const task = one.task.renew();
    await note(withIntent, task, run);
    settled.push({ ...one, task, doubt: false });
  }
  return settled;
}

async function note(
  entry: typeof withIntent | typeof withDone,
  task: Task,
  { recordFile, clock }: Run,
): Promise<void> {
  const { change, operation } = task;
  const named = change.kind === 'register-application' ? { note: change.uniqueName } : {};
  const moment = { at: clock.now(), operation, step: change.kind, ...named };
  await recordFile.save(entry(recordFile.current(), moment));
}
