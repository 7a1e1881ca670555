import type { Words } from '../words/say.ts';
import type { Answer, HttpRequest } from './http.ts';

export interface GraphRequest {
  readonly method: HttpRequest['method'];
  /** Path and query below `/v1.0`, encoded: `/applications(uniqueName='ta-x')?$select=id`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly replay: HttpRequest['replay'];
}

/** Requests in one `$batch` at most, learn.microsoft.com/graph/json-batching#batch-size-limitations */
export const batchLimit = 20;

export interface BatchRequest extends GraphRequest {
  readonly id: string;
  /** Ids of items that must succeed first; where one fails this one is answered 424 and not carried out. */
  readonly dependsOn?: readonly string[];
}

export type GraphAnswer = Answer;

/**
 * Microsoft Graph v1.0 of one tenant, as the signed-in admin. Every answer comes back, 4xx too: callers decide. A `signal`
 * cuts a read; a write is never cut, only its waits end, and the answer it got last is given.
 */
export interface Graph {
  /** `https://graph.microsoft.com/v1.0` or that of another cloud: what a link to a next page must start with. */
  readonly base: string;
  send(request: GraphRequest, doing: Words, signal: AbortSignal | undefined): Promise<GraphAnswer>;
  /** One `$batch` of at most 20; answers by id, whatever their order on the wire. Throttled items are asked again alone. */
  batch(
    requests: readonly BatchRequest[],
    doing: Words,
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<string, GraphAnswer>>;
  /**
   * By how many milliseconds this computer's clock is ahead of Graph's, as its last answer told, in whole seconds as the `Date`
   * header has them; negative where it is behind, `undefined` before the first answer.
   */
  readonly aheadMs: () => number | undefined;
  /** HTTP requests made to Graph so far, retries after throttling and lost connections not counted. */
  readonly trips: () => number;
}
