import type { GraphAnswer } from '../../src/core/cloud/graph.ts';

/** An answer of Graph as a step gets it. */
export function graphAnswer(status: number, body?: unknown): GraphAnswer {
  return { status, body, requestId: 'request-id', retryAfterMs: undefined };
}

/** A refusal in Graph's form. */
export function graphRefusal(status: number, code: string, message = 'For the test.'): GraphAnswer {
  return graphAnswer(status, { error: { code, message } });
}

/** What every step takes for lag, refusal and trouble. */
export const lagging = graphRefusal(404, 'Request_ResourceNotFound', 'Resource does not exist');
export const denied = graphRefusal(403, 'Authorization_RequestDenied', 'Insufficient privileges');
export const serverError = graphRefusal(500, 'InternalServerError');
