import * as z from 'zod/mini';
import { jsonOrUndefined } from '../json.ts';
import type { Clock } from '../ports.ts';
import { drain, forTrouble, type Look, type OnWait, waitUntil } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import type { Words } from '../words/say.ts';
import { inDirectory, readAnswer } from './answers.ts';
import type { BatchRequest, GraphAnswer, GraphRequest } from './graph.ts';
import { requestIdOf, retryAfterMs } from './headers.ts';
import type { HttpResponse } from './http.ts';
import { reasonToRetry } from './retry.ts';

/** One request, retried by `Http` alone; `writes` guards a `$batch`, a POST that may only read. */
export type SendOne = (
  request: GraphRequest,
  doing: Words,
  writes: boolean,
  signal: AbortSignal | undefined,
) => Promise<HttpResponse>;

export interface BatchCall {
  readonly sendOne: SendOne;
  readonly clock: Clock;
  readonly random?: () => number;
  readonly onWait?: OnWait;
  /** For items that the service is in trouble with, waits that it asks for aside, in place of the usual three minutes. */
  readonly patienceMs?: number | undefined;
  readonly doing: Words;
  readonly signal: AbortSignal | undefined;
}

type Answers = Map<string, GraphAnswer>;

const ItemAnswer = z.object({
  id: z.string(),
  status: z.int(),
  headers: z.nullish(z.record(z.string(), z.string())),
  body: z.optional(z.unknown()),
});
const BatchAnswer = z.object({ responses: z.array(ItemAnswer) });

/** One `$batch`, and after it smaller ones for the items that were throttled, until all are answered for good. */
export async function sendBatch(call: BatchCall, requests: readonly BatchRequest[]): Promise<Answers> {
  const { clock, doing, signal, random, onWait, patienceMs = forTrouble.patienceMs } = call;
  const answers: Answers = new Map();
  const writes = requests.some(({ method }) => method !== 'GET');
  let open = requests;
  let tries = 0;
  const look = async (): Promise<Look<Answers>> => {
    tries += 1;
    for (const [id, answer] of await sendItems(call, open)) answers.set(id, answer);
    const reasons = reasonsIn(open, answers, tries);
    const [reason] = reasons.values();
    if (reason === undefined) return { settled: answers };
    const told = [...reasons.keys()].map((id) => answers.get(id)?.retryAfterMs ?? 0);
    open = withDependents(open, new Set(reasons.keys()), answers);
    return { because: 'trouble', reason, toldMs: Math.max(...told) || undefined };
  };
  const answered = waitUntil(look, {
    doing,
    clock,
    signal,
    ...forTrouble,
    patienceMs,
    random,
    tell: ({ ms }, { reason }) => onWait?.({ doing, ms, reason }),
    overdue: () => answers,
    ...(writes ? { stopped: () => answers } : {}),
  });
  return await drain(answered);
}

/** Why, by id, items are to be asked again. */
function reasonsIn(items: readonly BatchRequest[], answers: Answers, tries: number): Map<string, Words> {
  const reasons = new Map<string, Words>();
  for (const { id, replay } of items) {
    const { status } = answers.get(id) ?? {};
    const reason = status && reasonToRetry({ kind: 'answer', status }, replay, tries);
    if (reason) reasons.set(id, reason);
  }
  return reasons;
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
  const { responses } = readAnswer(outer, BatchAnswer, inDirectory(doing, writes));
  const answers: Answers = new Map();
  for (const { id } of items) {
    const item = responses.find((response) => response.id === id);
    const { requestId } = outer;
    if (item === undefined) {
      throw errors.oddAnswer(doing, { path: `responses ${id}`, requestId, doubt: writes });
    }
    answers.set(id, toAnswer(item, outer, clock.now()));
  }
  return answers;
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

function toAnswer(item: z.infer<typeof ItemAnswer>, outer: HttpResponse, now: number): GraphAnswer {
  const headers = Object.entries(item.headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  const byName = new Map(headers);
  const header = (name: string) => byName.get(name);
  return {
    status: item.status,
    body: item.status >= 400 ? quotable(item.body, outer) : (item.body ?? undefined),
    requestId: requestIdOf(header) ?? outer.requestId,
    retryAfterMs: retryAfterMs(header('retry-after'), header('date'), now),
  };
}

/** A `$batch` succeeds as a whole, so the pipeline has not looked at the words of an item that was refused. */
const quotable = (body: unknown, outer: HttpResponse): unknown =>
  body === undefined ? undefined : jsonOrUndefined(outer.withoutEchoes(JSON.stringify(body)));
