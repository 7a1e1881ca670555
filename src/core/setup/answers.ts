import { Failure } from '../advice/failure.ts';
import { serviceFailure } from '../advice/service-failure.ts';
import type { BatchRequest, GraphAnswer, GraphRequest } from '../cloud/graph.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Run } from './run.ts';
import type { Verdict } from './step.ts';
import type { Task } from './task.ts';
import { doingOf } from './titles.ts';

/** One request of a task that has no good answer yet; in `doubt` when it may have been carried out all the same. */
export interface Open {
  readonly task: Task;
  readonly index: number;
  readonly doubt: boolean;
}

export interface Answered {
  readonly open: Open;
  readonly request: GraphRequest;
  /** `undefined`: the answer was lost. */
  readonly answer: GraphAnswer | undefined;
}

/** Rounds in which a server error is taken for a passing one. */
const serverErrorRounds = 5;

/** One request goes alone, several share a `$batch`. A lost answer leaves all of them unanswered. */
export async function answersTo(open: readonly Open[], { graph, recordFile }: Run): Promise<Answered[]> {
  const record = recordFile.current();
  const asked = open.flatMap((one) => {
    const request = one.task.requests(record)[one.index];
    return request ? [{ open: one, request }] : [];
  });
  const [first] = open;
  const doing = first ? doingOf(first.task.change) : '';
  try {
    const [only, ...more] = asked;
    if (only && more.length === 0) return [{ ...only, answer: await graph.send(only.request, doing) }];
    const answers = await graph.batch(chain(asked.map(({ request }) => request)), doing);
    return asked.map((one, index) => ({ ...one, answer: answers.get(String(index)) }));
  } catch (cause) {
    if (cause instanceof Failure && cause.doubt) return asked.map((one) => ({ ...one, answer: undefined }));
    throw cause;
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

export async function verdictOn(
  answered: Answered,
  record: CustomerRecord,
  attempt: number,
  run: Run,
): Promise<Verdict> {
  const { answer, request, open } = answered;
  if (!answer) return { kind: 'doubt' };
  if (answer.status === 424) return { kind: 'lag' };
  if ((answer.status >= 500 || answer.status === 429) && attempt < serverErrorRounds) {
    return { kind: request.replay === 'safe' || answer.status === 429 ? 'lag' : 'doubt' };
  }
  const verdict = open.task.judge(answer, record, open.index);
  if (verdict.kind !== 'read back') return verdict;
  const found = await run.graph.send(verdict.request, doingOf(open.task.change));
  const again = open.task.judge(found, record, open.index);
  return again.kind === 'done' ? again : { kind: 'lag' };
}

export function failureOf({ answer, open }: Answered): Failure {
  const facts = answer ?? { status: 0, body: undefined, requestId: undefined };
  const situation = open.task.change.kind === 'grant-permissions' ? 'grant' : 'register';
  return serviceFailure({ service: 'graph', ...facts, situation, doing: doingOf(open.task.change) });
}
