import { type BatchRequest, batchLimit, type GraphAnswer, type GraphRequest } from '../cloud/graph.ts';
import { mayHaveActed } from '../cloud/retry.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { Failure } from '../words/failure.ts';
import { serviceFailure } from '../words/service-failure.ts';
import { setUpFailures } from './failures.ts';
import { newOperation } from './keys.ts';
import type { Plan } from './plan.ts';
import type { Run } from './run.ts';
import type { Judgement, ReadBack, TenantStep } from './step.ts';
import { type Change, doingOf, stepOf } from './steps.ts';

/** One change with its step and the key under which this run makes it. */
export interface Task {
  readonly change: Change;
  readonly step: TenantStep<Change>;
  readonly operation: string;
}

/** Of the changes that share a round trip. */
export function tasksOf({ changes }: Plan, trip: TenantStep<Change>['trip']): Task[] {
  return changes.flatMap((change) => {
    const step = stepOf(change);
    return step.trip === trip ? [{ change, step, operation: newOperation() }] : [];
  });
}

export const requestsOf = (
  { step, change, operation }: Task,
  record: CustomerRecord,
): readonly GraphRequest[] => step.requests(change, record, operation);

/** One request of a task that has no good answer yet; in `doubt` when it may have been carried out all the same. */
export interface Open {
  readonly task: Task;
  readonly index: number;
  readonly doubt: boolean;
}

export interface Answered {
  readonly open: Open;
  readonly request: GraphRequest;
  readonly answer: GraphAnswer | Lost;
}

/** No usable answer came, and the service may have acted. */
interface Lost {
  readonly status: undefined;
  readonly failure: Failure;
}

/** Rounds in which a server error or a lost answer is taken for a passing one. */
const passingRounds = 5;

/**
 * As many `$batch`es as it takes, and none after one that did not go through: what is left is held up, like everything
 * behind a refused request inside a `$batch`.
 */
export async function answersTo(open: readonly Open[], run: Run): Promise<Answered[]> {
  const record = run.recordFile.current();
  const asked = open.flatMap((one) => {
    const request = requestsOf(one.task, record)[one.index];
    return request ? [{ open: one, request }] : [];
  });
  const answered: Answered[] = [];
  for (let at = 0; at < asked.length; at += batchLimit) {
    const some = asked.slice(at, at + batchLimit);
    const wentThrough = answered.every(({ answer }) => answer.status !== undefined && answer.status < 300);
    const mayAsk = at === 0 || (wentThrough && run.signal?.aborted !== true);
    answered.push(...(mayAsk ? await answersToSome(some, run) : some.map(heldUp)));
  }
  return answered;
}

type Asked = Omit<Answered, 'answer'>;

const heldUp = (one: Asked): Answered => ({
  ...one,
  answer: { status: 424, body: undefined, requestId: undefined, retryAfterMs: undefined },
});

/** One request goes alone, several share a `$batch`. A lost answer leaves all of them unanswered. */
async function answersToSome(asked: readonly Asked[], { graph, signal }: Run): Promise<Answered[]> {
  const [only, ...more] = asked;
  if (!only) return [];
  const doing = doingOf(only.open.task.change);
  try {
    if (more.length === 0) return [{ ...only, answer: await graph.send(only.request, doing, signal) }];
    const answers = await graph.batch(chain(asked.map(({ request }) => request)), doing, signal);
    return asked.map((one, index) => {
      const answer = answers.get(String(index));
      return answer ? { ...one, answer } : heldUp(one);
    });
  } catch (cause) {
    if (!(cause instanceof Failure && cause.doubt)) throw cause;
    return asked.map((one) => ({ ...one, answer: { status: undefined, failure: cause } }));
  }
}

/**
 * Each waits for the one before: the only order with dependencies that Graph documents besides none at all
 * (learn.microsoft.com/graph/json-batching). The secret comes last, so a refused grant leaves no secret behind.
 */
function chain(requests: readonly GraphRequest[]): BatchRequest[] {
  return requests.map((request, index) => ({
    ...request,
    id: String(index),
    ...(index > 0 ? { dependsOn: [String(index - 1)] } : {}),
  }));
}

export async function judge(
  answered: Answered,
  record: CustomerRecord,
  attempt: number,
  run: Run,
): Promise<Judgement> {
  const { answer, open } = answered;
  const { step, change } = open.task;
  const patient = attempt < passingRounds;
  const passing = patient ? passingTrouble(answered) : undefined;
  if (passing) return { kind: passing };
  if (answer.status === undefined) return { kind: 'failed' };
  if (answer.status === 424) return { kind: 'lag' };
  const judgement = step.judge(change, answer, record, open.index);
  if (judgement.kind === 'doubt' && !patient) return { kind: 'failed' };
  return judgement.kind === 'read back' ? await readBack(judgement, open, record, run) : judgement;
}

async function readBack(
  { instead, ...asked }: ReadBack,
  { task: { step, change }, index }: Open,
  record: CustomerRecord,
  { graph, signal }: Run,
): Promise<Judgement> {
  let { request, refused } = asked;
  if (instead) {
    const other = step.judge(change, await graph.send(instead, doingOf(change), signal), record, index);
    if (other.kind !== 'read back') return other;
    ({ request, refused } = other);
  }
  const found = await graph.send(request, doingOf(change), signal);
  const again = step.judge(change, found, record, index);
  if (again.kind === 'done') return again;
  return refused || found.status < 300 ? { kind: 'failed' } : { kind: 'lag', answer: found };
}

/** Trouble that time mends: whether the request is simply asked again, or settled first. */
function passingTrouble({ answer, request }: Answered): 'lag' | 'doubt' | undefined {
  if (answer.status === undefined) return isForeign(answer.failure) ? undefined : 'doubt';
  if (answer.status === 429) return 'lag';
  if (!mayHaveActed(answer.status)) return undefined;
  return request.replay === 'safe' ? 'lag' : 'doubt';
}

/** A network's own page stands in the way until someone acts; an error page passes. */
const isForeign = ({ code }: Failure): boolean => code === 'TA-SOMETHING-BETWEEN';

export function failureOf({ answer, open }: Answered): Failure {
  if (answer.status === undefined) return answer.failure;
  const { status, requestId } = answer;
  const { step, change } = open.task;
  const doing = doingOf(change);
  if (status < 300) return setUpFailures.unusableAnswer(doing, { status, requestId });
  const situation = step.right === 'register' ? 'register' : 'grant';
  return serviceFailure({ service: 'graph', ...answer, situation, doing });
}
