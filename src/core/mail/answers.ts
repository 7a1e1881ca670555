import * as z from 'zod/mini';
import { errors } from '../advice/errors.ts';
import type { Failure } from '../advice/failure.ts';
import type { Service } from '../advice/look-up.ts';
import { serviceFailure } from '../advice/service-failure.ts';
import type { HttpResponse } from '../cloud/http.ts';
import { requestIdOf } from '../cloud/request-id.ts';
import type { Sentence } from '../words/say.ts';

/** The body of a 2xx as the schema reads it; anything else is a Failure. */
export function readAnswer<T>(
  response: HttpResponse,
  schema: z.ZodMiniType<T>,
  doing: Sentence,
  service: Service = 'exchange',
): T {
  requireSuccess(response, doing, service);
  const parsed = z.safeParse(schema, bodyOf(response));
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw errors.oddAnswer(doing, { path, status: response.status, requestId: idOf(response) });
}

export function requireSuccess(response: HttpResponse, doing: Sentence, service: Service = 'exchange'): void {
  if (!isSuccess(response)) throw refusal(response, doing, service);
}

export function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}

/** The Failure for an answer that is no success. */
export function refusal(response: HttpResponse, doing: Sentence, service: Service = 'exchange'): Failure {
  const { status } = response;
  // A gateway answers these for a service that it stopped hearing, and that may still be at work.
  const doubt = status === 502 || status === 504;
  return serviceFailure({
    service,
    status,
    body: bodyOf(response),
    requestId: idOf(response),
    doing,
    situation: 'mail',
    doubt,
    retryAfterMs: response.retryAfterMs,
  });
}

function bodyOf({ text }: HttpResponse): unknown {
  return text === '' ? undefined : JSON.parse(text);
}

function idOf(response: HttpResponse): string | undefined {
  return requestIdOf((name) => response.header(name));
}
