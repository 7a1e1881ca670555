import * as z from 'zod/mini';
import { Failure } from './failure.ts';
import { lookUp } from './look-up.ts';
import { plain, say, type Words } from './say.ts';
import type { Service, Situation } from './unknown.ts';

/** By their names in small letters: gateways and older services of Microsoft write them otherwise. */
const Fields = z.pipe(
  z.record(z.string(), z.unknown()),
  z.transform(
    (fields) => new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value])),
  ),
);
/** A code may be a number, and a text may come with its language. */
const Text = z.union([
  z.string(),
  z.pipe(z.number(), z.transform(String)),
  z.pipe(
    z.object({ value: z.string() }),
    z.transform(({ value }) => value),
  ),
]);

const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> =>
  Fields.safeParse(value).data ?? new Map<string, unknown>();
const textOf = (value: unknown): string => Text.safeParse(value).data ?? '';
const isSentence = (text: string): boolean => /\s/.test(text.trim());

interface ServiceError {
  /** Empty where there is none. */
  readonly code: string;
  readonly message: string;
  /** The code and those of the details. */
  readonly codes: readonly string[];
  readonly requestId: string | undefined;
}

/**
 * What a service said in the body of a refusal; `undefined` where nothing is said, or in OAuth's form. learn.microsoft.com/graph/errors;
 * Exchange and Azure Resource Manager answer in the same form, and what stands before them in others.
 */
export function readServiceError(body: unknown): ServiceError | undefined {
  const whole = fieldsOf(body);
  const error = whole.get('error') ?? whole.get('odata.error');
  const sentence = typeof error === 'string' && isSentence(error) ? error : '';
  if (typeof error === 'string' && sentence === '') return undefined;
  const said = typeof error === 'object' && error !== null ? fieldsOf(error) : whole;
  const inner = fieldsOf(said.get('innererror'));
  const code = textOf(said.get('code'));
  const message = textOf(said.get('message')) || sentence || textOf(inner.get('message'));
  if (code === '' && message === '') return undefined;
  const details = z.array(z.unknown()).safeParse(said.get('details')).data ?? [];
  const others = details.map((detail) => textOf(fieldsOf(detail).get('code'))).filter((each) => each !== '');
  const requestId = codeIn(textOf(inner.get('request-id'))) || undefined;
  return { code, message, codes: [code, ...others], requestId };
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
  error_description: z.nullish(z.string()),
  error_codes: z.nullish(z.array(z.union([z.number(), z.string()]))),
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
  if (found) return { error: codeIn(found.code), message: found.message, traceId: found.requestId };
  const oauth = OAuthError.safeParse(body);
  if (!oauth.success) return {};
  const { error, error_codes, suberror, error_description, trace_id = '' } = oauth.data;
  const message = error_description ?? '';
  // Its texts are translated, but not the number that they begin with.
  const [, number] = /^AADSTS(\d+)\b/.exec(message) ?? [];
  const errorCodes = (error_codes ?? (number === undefined ? [] : [number])).map(Number);
  return { error: codeIn(error), errorCodes, suberror, message, traceId: codeIn(trace_id) || undefined };
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
