import * as z from 'zod/mini';
import { errors } from '../advice/errors.ts';
import { serviceFailure } from '../advice/service-failure.ts';
import type { Graph, GraphAnswer, GraphRequest } from './graph.ts';

/** Sends, and gives the body of a 2xx as the schema reads it. Anything else is a Failure. */
export async function ask<T extends z.core.$ZodType>(
  graph: Graph,
  request: GraphRequest,
  schema: T,
  doing: string,
  signal?: AbortSignal,
): Promise<z.output<T>> {
  const answer = await graph.send(request, doing, signal);
  return readAnswer(answer, schema, doing, request.method !== 'GET');
}

/** The body of an answer, also of one out of a batch. `writes`: whether a failure leaves open what was done. */
export function readAnswer<T extends z.core.$ZodType>(
  answer: GraphAnswer,
  schema: T,
  doing: string,
  writes: boolean,
): z.output<T> {
  const { status, body, requestId } = answer;
  if (status < 200 || status > 299) {
    throw serviceFailure({
      service: 'graph',
      status,
      body,
      requestId,
      doing,
      doubt: writes && status >= 500,
    });
  }
  const parsed = z.safeParse(schema, body);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw errors.oddAnswer(doing, { path, status, requestId, doubt: writes });
}
