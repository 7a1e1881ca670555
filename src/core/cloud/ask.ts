import * as z from 'zod/mini';
import { errors } from '../advice/errors.ts';
import type { Situation } from '../advice/look-up.ts';
import { serviceFailure } from '../advice/service-failure.ts';
import type { Sentence } from '../words/say.ts';
import type { Graph, GraphAnswer, GraphRequest } from './graph.ts';

/** Sends, and gives the body of a 2xx as the schema reads it. Anything else is a Failure. */
export async function ask<T extends z.core.$ZodType>(
  graph: Graph,
  request: GraphRequest,
  schema: T,
  doing: Sentence,
  signal: AbortSignal | undefined,
): Promise<z.output<T>> {
  const answer = await graph.send(request, doing, signal);
  return readAnswer(answer, schema, { doing, writes: request.method !== 'GET' });
}

interface Asked {
  readonly doing: Sentence;
  /** Whether a failure leaves open what was done. */
  readonly writes: boolean;
  readonly situation?: Situation;
}

/** The body of an answer, also of one out of a batch. */
export function readAnswer<T extends z.core.$ZodType>(
  { status, body, requestId, retryAfterMs }: GraphAnswer,
  schema: T,
  { doing, writes, situation }: Asked,
): z.output<T> {
  if (status < 200 || status > 299) {
    const doubt = writes && status >= 500;
    throw serviceFailure({
      service: 'graph',
      status,
      body,
      requestId,
      retryAfterMs,
      doing,
      situation,
      doubt,
    });
  }
  const parsed = z.safeParse(schema, body);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw errors.oddAnswer(doing, { path, status, requestId, doubt: writes });
}
