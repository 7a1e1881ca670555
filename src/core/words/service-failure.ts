import * as z from 'zod/mini';
import { Failure } from './failure.ts';
import { lookUp } from './look-up.ts';
import { plain, say, type Words } from './say.ts';
import type { Service, Situation } from './unknown.ts';

const Detail = z.object({ code: z.nullish(z.string()) });
/** learn.microsoft.com/graph/errors; Exchange and Azure Resource Manager answer in the same form. */
const ErrorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z._default(z.string(), ''),
    details: z.catch(z.optional(z.array(Detail)), undefined),
  }),
});

interface ServiceError {
  readonly code: string;
  /** Empty where there is none. */
  readonly message: string;
  /** The code and those of the details. */
  readonly codes: readonly string[];
}

/** What a service said in the body of a refusal; `undefined` where it is in another form. */
export function readServiceError(body: unknown): ServiceError | undefined {
  const parsed = ErrorBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { code, message, details = [] } = parsed.data.error;
  return { code, message, codes: [code, ...details.flatMap((detail) => detail.code ?? [])] };
}

interface ServiceAnswer {
  readonly service: Service;
  readonly status: number;
  /** Parsed JSON as it came, or `undefined`. */
  readonly body: unknown;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly doing: Words;
  /** Chooses among the meanings of a code that says little by itself, e.g. `Authorization_RequestDenied`. */
  readonly situation?: Situation | undefined;
  readonly doubt?: boolean | undefined;
}

/** learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#error-codes and its siblings */
const OAuthError = z.object({
  error: z.string(),
  error_description: z.optional(z.string()),
  error_codes: z.optional(z.array(z.number())),
  suberror: z.optional(z.string()),
  trace_id: z.optional(z.string()),
});

/** The Failure for an answer of Entra, Graph or Exchange that is no success. */
export function serviceFailure(answer: ServiceAnswer): Failure {
  const { service, status, doing, situation, doubt } = answer;
  const said = saidIn(answer.body);
  const { code, advice } = lookUp({ service, status, situation, ...said });
  return new Failure({
    message:
      status < 500
        ? say`${names[service]} refused to ${doing} (HTTP ${status}).`
        : say`${names[service]} could not ${doing} (HTTP ${status}).`,
    code,
    advice,
    doing,
    status,
    requestId: answer.requestId ?? said.traceId,
    detail: shorten(said.message ?? ''),
    doubt,
    retryAfterMs: answer.retryAfterMs,
  });
}

const names: Readonly<Record<Service, string>> = {
  entra: 'Microsoft Entra',
  graph: 'Microsoft Graph',
  exchange: 'Exchange Online',
};

interface Said {
  readonly error?: string | undefined;
  readonly errorCodes?: readonly number[] | undefined;
  readonly suberror?: string | undefined;
  readonly message?: string | undefined;
  readonly traceId?: string | undefined;
}

function saidIn(body: unknown): Said {
  const found = readServiceError(body);
  if (found) return { error: codeIn(found.code), message: found.message };
  const oauth = OAuthError.safeParse(body);
  if (!oauth.success) return {};
  const { error, error_codes, suberror, error_description, trace_id = '' } = oauth.data;
  const traceId = codeIn(trace_id) || undefined;
  return { error: codeIn(error), errorCodes: error_codes, suberror, message: error_description, traceId };
}

/** A code without a letter says nothing. */
export function codeIn(code: string): string {
  return /\w/.test(code) ? plain(code).slice(0, 80) : '';
}

/** Without Entra's tail of ids and time, which the request id stands for. */
function shorten(message: string): string | undefined {
  const text = plain(message.slice(0, 4_000)).replace(/\s*(Trace ID|Correlation ID|Timestamp):.*$/i, '');
  return text.length > 300 ? `${text.slice(0, 299)}…` : text || undefined;
}
