import * as z from 'zod/mini';
import { errors } from '../advice/errors.ts';
import { serviceFailure } from '../advice/service-failure.ts';
import type { Clock } from '../ports.ts';
import type { BatchRequest, GraphAnswer, GraphRequest } from './graph.ts';
import { createPatience } from './patience.ts';
import { requestIdOf } from './request-id.ts';
import { nextTry, type OnWait, type Wait } from './retry.ts';
import { retryAfterMs } from './retry-after.ts';

/** One request, retried by `Http` alone; `writes` guards a `$batch`, a POST that may only read. */
export type SendOne = (
  request: GraphRequest,
  doing: string,
  writes: boolean,
  signal: AbortSignal | undefined,
) => Promise<GraphAnswer>;

export interface BatchCall {
  readonly sendOne: SendOne;
  readonly clock: Clock;
  readonly random?: () => number;
  readonly onWait?: OnWait;
  readonly doing: string;
  readonly signal: AbortSignal | undefined;
}

type Answers = Map<string, GraphAnswer>;

const BatchAnswer = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.int(),
      headers: z.nullish(z.record(z.string(), z.string())),
      body: z.optional(z.unknown()),
    }),
  ),
});

/** One `$batch`, and after it smaller ones for the items that were throttled, until all are answered for good. */
export async function sendBatch(call: BatchCall, requests: readonly BatchRequest[]): Promise<Answers> {
  const answers: Answers = new Map();
  const patience = createPatience(call);
  let open = requests;
  for (let tries = 1; ; tries += 1) {
    for (const [id, answer] of await sendItems(call, open)) answers.set(id, answer);
    const waits = waitsOf(call, open, answers, tries);
    const [longest] = [...waits.values()].toSorted((a, b) => b.ms - a.ms);
    if (longest === undefined || !(await patience.wait(longest))) return answers;
    open = withDependents(open, new Set(waits.keys()), answers);
  }
}

/** Waits by id of the items to be asked again. */
function waitsOf(
  { random = Math.random }: BatchCall,
  items: readonly BatchRequest[],
  answers: Answers,
  tries: number,
): Map<string, Wait> {
  const waits = new Map<string, Wait>();
  for (const { id, replay } of items) {
    const answer = answers.get(id);
    const wait = answer && nextTry({ kind: 'answer', ...answer }, replay, tries, random());
    if (wait !== undefined) waits.set(id, wait);
  }
  return waits;
}

/**
 * The items to ask again, and those answered 424 for no other reason than them. An item that also depends on one that was
 * refused for good stays as it is: asked without that one, it would be carried out.
 */
function withDependents(
  items: readonly BatchRequest[],
  again: Set<string>,
  answers: Answers,
): BatchRequest[] {
  const succeeded = (id: string) => Math.trunc((answers.get(id)?.status ?? 0) / 100) === 2;
  const isHeldUp = ({ id, dependsOn = [] }: BatchRequest) =>
    answers.get(id)?.status === 424 && dependsOn.every((other) => again.has(other) || succeeded(other));
  for (let before = -1; before !== again.size; ) {
    before = again.size;
    for (const item of items) if (isHeldUp(item)) again.add(item.id);
  }
  return items
    .filter((item) => again.has(item.id))
    .map((item) => ({ ...item, dependsOn: item.dependsOn?.filter((id) => again.has(id)) ?? [] }));
}

async function sendItems(call: BatchCall, items: readonly BatchRequest[]): Promise<Answers> {
  const { sendOne, clock, doing, signal } = call;
  const replay = items.every((item) => item.replay === 'safe') ? 'safe' : 'unsafe';
  const writes = items.some((item) => item.method !== 'GET');
  const body = { requests: items.map(toItem) };
  const outer = await sendOne({ method: 'POST', path: '/$batch', body, replay }, doing, writes, signal);
  if (outer.status !== 200) {
    const { status, body: found, requestId } = outer;
    throw serviceFailure({
      service: 'graph',
      status,
      body: found,
      requestId,
      doing,
      doubt: writes && status >= 500,
    });
  }
  return readAnswers(outer, items, clock.now(), { doing, doubt: writes });
}

function toItem({ id, method, path, headers, body, dependsOn = [] }: BatchRequest) {
  return {
    id,
    method,
    url: path,
    // Graph refuses an item with a body that does not name its type, learn.microsoft.com/graph/json-batching.
    ...(body === undefined
      ? { headers }
      : { headers: { 'Content-Type': 'application/json', ...headers }, body }),
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
  };
}

function readAnswers(
  outer: GraphAnswer,
  items: readonly BatchRequest[],
  now: number,
  { doing, doubt }: { doing: string; doubt: boolean },
): Answers {
  const parsed = BatchAnswer.safeParse(outer.body);
  const found = new Map(parsed.data?.responses.map((response) => [response.id, response]));
  const answers: Answers = new Map();
  for (const { id } of items) {
    const response = found.get(id);
    if (response === undefined)
      throw errors.oddAnswer(doing, { path: `responses ${id}`, requestId: outer.requestId, doubt });
    const headers = new Map(
      Object.entries(response.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const header = (name: string) => headers.get(name);
    answers.set(id, {
      status: response.status,
      body: response.body ?? undefined,
      requestId: requestIdOf(header) ?? outer.requestId,
      retryAfterMs: retryAfterMs(header('retry-after'), header('date'), now),
    });
  }
  return answers;
}
