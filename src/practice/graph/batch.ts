import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import type { Caller, CallerEnv } from '../caller.ts';
import { answerFault } from '../fault-answers.ts';
import { loggedPath } from '../route.ts';
import type { Json, State } from '../state.ts';
import { faults, graphJson, graphRoot } from './answer.ts';
import { readJsonBody } from './body.ts';
import { notPlayed } from './not-played.ts';

type Send = (request: Request, caller: Caller) => Response | Promise<Response>;

interface ItemAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Json;
  readonly body?: unknown;
}

/** `send` is the whole Graph app: an item meets the same permissions and faults as a request of its own. Its token was checked already. */
export function createBatchRoute(state: State, send: Send): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  routes.post('/$batch', async (c) => {
    const items = readBatch(await readJsonBody(c));
    const answers = new Map<string, ItemAnswer>();
    for (const item of items) answers.set(idOf(item), await answerItem(c, state, item, answers, send));
    // The real service promises no order. Answering backwards keeps clients from counting on one.
    return graphJson(c, state, { responses: [...answers.values()].reverse() });
  });
  return routes;
}

async function answerItem(
  c: Context<CallerEnv>,
  state: State,
  item: BatchItem,
  answers: ReadonlyMap<string, ItemAnswer>,
  send: Send,
): Promise<ItemAnswer> {
  const failed = item.dependsOn?.some((id) => (answers.get(idOf({ id }))?.status ?? 500) >= 400);
  if (failed) {
    return failedItem(item.id, 424, 'FailedDependency', 'A request that this request depends on failed.');
  }
  const request = itemRequest(c, item);
  const entry = {
    at: state.clock.now(),
    method: item.method,
    host: state.cloud.graph,
    path: loggedPath(new URL(request.url)),
    inBatch: true,
    hasToken: request.headers.get('authorization') !== '',
    status: 0,
  };
  state.requests.push(entry);
  const answer = await sendItem(state, item.id, request, (asked) => send(asked, c.get('caller')));
  entry.status = answer.status;
  return answer;
}

/** Faults strike items as they strike requests; a connection that breaks behind the gateway is the item's 504. */
async function sendItem(
  state: State,
  id: string,
  request: Request,
  send: (request: Request) => ReturnType<Send>,
): Promise<ItemAnswer> {
  const fault = state.faults.next(request);
  const apply = async () => send(request);
  if (!fault || fault.kind === 'html') return answerOf(id, await apply());
  try {
    return await answerOf(id, await answerFault(fault, apply, undefined, state));
  } catch {
    return failedItem(id, 504, 'GatewayTimeout', 'The service behind the gateway did not answer in time.');
  }
}

function itemRequest(c: Context<CallerEnv>, item: BatchItem): Request {
  const headers = new Headers(item.headers);
  headers.set('authorization', c.req.header('authorization') ?? '');
  const hasBody = item.body !== undefined && item.method !== 'GET';
  return new Request(itemUrl(item), {
    method: item.method,
    headers,
    body: hasBody ? JSON.stringify(item.body) : null,
  });
}

async function answerOf(id: string, response: Response): Promise<ItemAnswer> {
  const kept = ['content-type', 'location', 'retry-after', 'odata-version', 'request-id'];
  const headers: Json = {};
  for (const [name, value] of response.headers) {
    if (kept.includes(name)) headers[canonicalNames.get(name) ?? name] = value;
  }
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length === 0) return { id, status: response.status, headers };
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  // What is not JSON travels as base64 text.
  const body: unknown = isJson ? JSON.parse(bytes.toString()) : bytes.toString('base64');
  return { id, status: response.status, headers, body };
}

const canonicalNames: ReadonlyMap<string, string> = new Map([
  ['content-type', 'Content-Type'],
  ['location', 'Location'],
  ['retry-after', 'Retry-After'],
  ['odata-version', 'OData-Version'],
]);

function failedItem(id: string, status: number, code: string, message: string): ItemAnswer {
  return {
    id,
    status,
    headers: { 'Content-Type': 'application/json' },
    body: { error: { code, message } },
  };
}

/** learn.microsoft.com/graph/json-batching. */
const mostItems = 20;

const batchBody = z.object({
  requests: z.array(
    z.object({
      id: z.string().check(z.minLength(1)),
      method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
      url: z.string().check(z.minLength(1)),
      headers: z.optional(z.record(z.string(), z.string()).check(z.refine(areHeaders))),
      body: z.optional(z.unknown()),
      dependsOn: z.optional(z.array(z.string())),
    }),
  ),
});
type BatchItem = z.infer<typeof batchBody>['requests'][number];

/** The items of a `$batch`. Throws the gateway's 400 for the whole batch when anything about its form is wrong. */
function readBatch(body: unknown): readonly BatchItem[] {
  const parsed = z.safeParse(batchBody, body);
  if (!parsed.success) throw faults.malformed('Invalid batch payload format.');
  refuseMalformedBatch(parsed.data.requests);
  return parsed.data.requests;
}

/** Ids are not told apart by case. */
const idOf = ({ id }: Pick<BatchItem, 'id'>): string => id.toLowerCase();

/** Item urls are relative to the version, with or without a slash before them. */
function itemUrl(item: BatchItem): string {
  return `${graphRoot}/${item.url.replace(/^\//, '')}`;
}

function refuseMalformedBatch(items: readonly BatchItem[]): void {
  if (items.length === 0) throw faults.malformed('The batch request must contain at least one request.');
  if (items.length > mostItems) {
    throw faults.malformed(`Number of batch requests exceeds the maximum of ${mostItems}.`);
  }
  const earlier = new Set<string>();
  for (const item of items) {
    if (earlier.has(idOf(item)))
      throw faults.malformed(`Request Id: ${item.id} has to be unique in a batch.`);
    refuseMalformedItem(item, earlier);
    earlier.add(idOf(item));
  }
  refuseOtherPattern(items);
}

/**
 * Microsoft names three patterns, of which every item of a batch is: github.com/microsoftgraph/msgraph-sdk-javascript,
 * BatchRequestContent 3.0.7; learn.microsoft.com/graph/json-batching names the first two. What Graph does with another is open.
 */
function refuseOtherPattern(items: readonly BatchItem[]): void {
  const named = items.map(({ dependsOn = [] }) => dependsOn.map((id) => idOf({ id })));
  const stated = named.filter((ids) => ids.length > 0).map(String);
  const before = ['', ...items.map(idOf)];
  const isSerial = named.every((ids, at) => String(ids) === before[at]);
  const isSame = new Set(stated).size <= 1 && named.every((ids) => ids.length <= 1);
  if (!isSerial && !isSame)
    throw notPlayed('a batch whose items depend on each other in another way than one after the other');
}

/** An item may depend only on items before it: github.com/microsoftgraph/msgraph-sdk-dotnet-core/issues/891. */
function refuseMalformedItem(item: BatchItem, earlier: ReadonlySet<string>): void {
  if (item.dependsOn?.some((id) => !earlier.has(idOf({ id })))) {
    throw faults.malformed(`Invalid dependency for request Id: ${item.id}.`);
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(item.url) || item.url.startsWith('//')) {
    throw faults.malformed(`Request url of request Id: ${item.id} must be a relative url.`);
  }
  if (/\/(\$|%24)batch$/i.test(new URL(itemUrl(item)).pathname)) {
    throw faults.malformed(`Request Id: ${item.id} is a batch; batches cannot be nested.`);
  }
  const writes = item.method !== 'GET' && item.method !== 'DELETE';
  const headers = new Headers(item.headers);
  if (writes && (!headers.has('content-type') || item.body === undefined)) {
    throw faults.malformed(`Write request id : ${item.id} does not contain Content-Type header or body.`);
  }
}

function areHeaders(headers: Record<string, string>): boolean {
  try {
    new Headers(headers);
    return true;
  } catch {
    return false;
  }
}
