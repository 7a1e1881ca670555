import * as z from 'zod/mini';
import { payloadOf } from '../json.ts';
import type { Clock } from '../ports.ts';
import type { Secret } from '../secret.ts';
import { type OnWait, orStopped } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import type { Words } from '../words/say.ts';
import { type SendOne, sendBatch } from './batch.ts';
import type { Cloud } from './clouds.ts';
import { batchLimit, type Graph, type GraphAnswer, type GraphRequest } from './graph.ts';
import { timedHttp } from './headers.ts';
import type { Http, HttpResponse } from './http.ts';

export interface GraphOptions {
  readonly http: Http;
  readonly cloud: Cloud;
  /** A token that is valid now; asked for each request. */
  readonly token: () => Promise<Secret>;
  /** The customer's tenant, GUID. Nothing is written with a token of another one. */
  readonly tenantId: string;
  readonly clock: Clock;
  readonly onWait?: OnWait;
  /** 0 to 1, for jitter. */
  readonly random?: () => number;
  /** For items of a `$batch`; 3 min. */
  readonly patienceMs?: number | undefined;
}

export function createGraph(options: GraphOptions): Graph {
  const base = `${options.cloud.graph}/v1.0`;
  const sendOne: SendOne = (request, doing, writes, signal) =>
    sendWithToken({ ...options, http }, base, { request, doing, writes, signal });
  let trips = 0;
  const http = timedHttp(options.http, options.clock);
  return {
    base,
    aheadMs: http.aheadMs,
    trips: () => trips,
    async send(request, doing, signal) {
      trips += 1;
      return toAnswer(await sendOne(request, doing, request.method !== 'GET', signal));
    },
    async batch(requests, doing, signal) {
      if (requests.length === 0) return new Map();
      if (requests.length > batchLimit) throw new RangeError(`a $batch holds ${batchLimit} requests at most`);
      trips += 1;
      return await sendBatch({ ...options, sendOne, doing, signal }, requests);
    },
  };
}

interface Call {
  readonly request: GraphRequest;
  readonly doing: Words;
  readonly writes: boolean;
  readonly signal: AbortSignal | undefined;
}

/** A 401 means that nothing was done: the request is sent once more if there is a newer token by then. */
async function sendWithToken(options: GraphOptions, base: string, call: Call): Promise<HttpResponse> {
  const { doing, signal } = call;
  const token = await orStopped(options.token(), signal, doing);
  const response = await sendCall(options, base, call, token);
  if (response.status !== 401) return response;
  const renewed = await orStopped(options.token(), signal, doing);
  const isNew = renewed.reveal() !== token.reveal();
  return isNew ? await sendCall(options, base, call, renewed) : response;
}

async function sendCall(
  { http, tenantId }: GraphOptions,
  base: string,
  call: Call,
  token: Secret,
): Promise<HttpResponse> {
  const { request, doing, writes, signal } = call;
  if (writes) assertTenant(token, tenantId);
  const json = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
  return await http.send({
    method: request.method,
    url: `${base}${request.path}`,
    headers: {
      ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...request.headers,
      Authorization: `Bearer ${token.reveal()}`,
    },
    ...json,
    replay: request.replay,
    doing,
    ...(writes ? { giveUp: signal, signal: undefined } : { signal }),
  });
}

function toAnswer({ status, body, requestId, retryAfterMs }: HttpResponse): GraphAnswer {
  return { status, body, requestId, retryAfterMs };
}

const Claims = z.object({ tid: z.string() });

/** Refuses to go on unless the token is one of this tenant. A token that is not readable counts as foreign. */
function assertTenant(token: Secret, tenantId: string): void {
  const found = Claims.safeParse(payloadOf(token.reveal())).data?.tid;
  if (found?.toLowerCase() !== tenantId.toLowerCase()) throw errors.wrongTenant(tenantId, found);
}
