import * as z from 'zod/mini';
import { errors } from '../words/errors.ts';
import type { Failure } from '../words/failure.ts';
import type { Words } from '../words/say.ts';
import { serviceFailure } from '../words/service-failure.ts';
import type { Service, Situation } from '../words/unknown.ts';
import type { Graph, GraphRequest } from './graph.ts';
import type { Answer } from './http.ts';
import { mayHaveActed } from './retry.ts';

/** What an answer is about, for the Failure that it may be. */
interface Asked {
  readonly service: Service;
  readonly doing: Words;
  readonly situation?: Situation | undefined;
  /** Whether an answer with this status, a good one that cannot be read too, leaves open what was done. */
  readonly leavesOpen: (status: number) => boolean;
}

/** For a request to Graph as the admin. */
export function inDirectory(doing: Words, writes: boolean, situation?: Situation): Asked {
  const leavesOpen = (status: number): boolean => writes && (isGood(status) || mayHaveActed(status));
  return { service: 'graph', doing, situation, leavesOpen };
}

/** For a request of T&A's app. A gateway answers 408, 502 and 504 for a service that it stopped hearing, and that may still be at work. */
export function inMail(doing: Words, service: Service = 'exchange'): Asked {
  return { service, doing, situation: 'mail', leavesOpen: (status) => [408, 502, 504].includes(status) };
}

/** Whether the service may have done what it was asked, though this is what came of it. */
export const mayBeDone = ({ doubt, status = 0 }: Failure): boolean => doubt || mayHaveActed(status);

/** Sends to Graph, and gives the body of a 2xx as the schema reads it. Anything else is a Failure. */
export async function ask<T extends z.core.$ZodType>(
  graph: Graph,
  request: GraphRequest,
  schema: T,
  doing: Words,
  signal: AbortSignal | undefined,
): Promise<z.output<T>> {
  const answer = await graph.send(request, doing, signal);
  return readAnswer(answer, schema, inDirectory(doing, request.method !== 'GET'));
}

/** The one reader of answers: the body of a 2xx as the schema reads it; anything else is a Failure. */
export function readAnswer<T extends z.core.$ZodType>(answer: Answer, schema: T, asked: Asked): z.output<T> {
  requireSuccess(answer, asked);
  const parsed = z.safeParse(schema, answer.body);
  if (parsed.success) return parsed.data;
  const { status, requestId } = answer;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw errors.oddAnswer(asked.doing, { path, status, requestId, doubt: asked.leavesOpen(status) });
}

export function requireSuccess(answer: Answer, asked: Asked): void {
  if (!isSuccess(answer)) throw refusal(answer, asked);
}

/**
 * An answer with the status that Microsoft documents, or a refusal. Another success comes from something between, so it is not
 * known whether anything was done: a Failure in doubt.
 */
export function asDocumented<A extends Answer>(answer: A, documented: 201 | 202 | 204, doing: Words): A {
  const { status, requestId } = answer;
  if (!isSuccess(answer) || status === documented) return answer;
  throw errors.oddAnswer(doing, { status, requestId, doubt: true });
}

/** Whether something is removed: Microsoft documents 204, and where it is asked again after a lost answer it is not there. */
export const isGone = ({ status }: { readonly status?: number | undefined }): boolean =>
  status === 204 || status === 404;

export const isSuccess = ({ status }: Pick<Answer, 'status'>): boolean => isGood(status);

const isGood = (status: number): boolean => status >= 200 && status < 300;

/** The Failure for an answer that is no success. */
export function refusal(answer: Answer, { service, doing, situation, leavesOpen }: Asked): Failure {
  const { status, body, requestId, retryAfterMs } = answer;
  const doubt = leavesOpen(status);
  return serviceFailure({ service, status, body, requestId, retryAfterMs, doing, situation, doubt });
}
