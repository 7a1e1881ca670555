import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type Pipeline,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { jsonOrUndefined } from '../json.ts';
import type { Clock } from '../ports.ts';
import { errors } from '../words/errors.ts';
import type { Failure } from '../words/failure.ts';
import type { Words } from '../words/say.ts';
import { connectTimeout } from './agents.ts';
import { echoCutter } from './echoes.ts';
import { requestIdOf, retryAfterMs } from './headers.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { AnswerTooLarge, maxAnswerBytes } from './limits-policy.ts';
import { proxyTrouble } from './proxy-policy.ts';
import { mayHaveActed, type TryOutcome } from './retry.ts';

/** How one try ended, and what `send` gives its caller if there is no other. */
interface Try {
  readonly outcome: TryOutcome;
  readonly result: HttpResponse | Failure;
}

export interface Transport {
  readonly pipeline: Pipeline;
  readonly client: HttpClient;
  readonly clock: Clock;
}

const defaultTimeoutMs = 30_000;

/** Sends once. Rejects only with a Failure that no other try can mend: cancelled, too large. */
export async function oneTry(transport: Transport, request: HttpRequest): Promise<Try> {
  try {
    const response = await transport.pipeline.sendRequest(transport.client, pipelineRequest(request));
    return judge(request, response, transport.clock.now());
  } catch (error) {
    return lost(request, error);
  }
}

function pipelineRequest(request: HttpRequest) {
  return createPipelineRequest({
    url: request.url,
    method: request.method,
    headers: createHttpHeaders({
      Accept: 'application/json',
      'User-Agent': 'ta-exchange-setup',
      ...request.headers,
    }),
    timeout: request.timeoutMs ?? defaultTimeoutMs,
    disableKeepAlive: request.newConnection === true,
    ...(request.body === undefined ? {} : { body: request.body }),
    ...(request.signal === undefined ? {} : { abortSignal: request.signal }),
  });
}

function judge(request: HttpRequest, response: PipelineResponse, now: number): Try {
  const { status, headers } = response;
  const header = (name: string) => headers.get(name);
  const whole = response.bodyAsText ?? '';
  const quotable = echoCutter(request);
  const requestId = requestIdOf(header);
  const type = header('content-type');
  const told = retryAfterMs(header('retry-after'), header('date'), now);
  const doubt = request.method !== 'GET' && (status < 300 || mayHaveActed(status));
  if (isForeign(status, type, whole)) {
    const contentType = type && quotable(type);
    const found = { status, contentType, requestId, doubt, retryAfterMs: told };
    return {
      outcome: { kind: 'foreign answer', status },
      result: errors.somethingBetween(request.doing, found),
    };
  }
  // Only of a refusal are the words quoted; what a good answer holds is for us.
  const text = status >= 400 ? quotable(whole) : whole;
  const body = text === '' ? undefined : jsonOrUndefined(text);
  if (text !== '' && body === undefined) {
    const result = errors.oddAnswer(request.doing, { status, requestId, doubt, retryAfterMs: told });
    return { outcome: { kind: 'broken answer' }, result };
  }
  const answer = { status, header, text, body, requestId, retryAfterMs: told };
  return { outcome: { kind: 'answer', status }, result: { ...answer, withoutEchoes: quotable } };
}

/**
 * Microsoft's services redirect none of our requests; following one would carry a token to another host. 407 and 511 come
 * from a proxy and from a guest network by definition.
 */
function isForeign(status: number, contentType: string | undefined, text: string): boolean {
  if ((status >= 300 && status < 400) || status === 407 || status === 511) return true;
  if (text === '') return false;
  return /^\s*</.test(text) || (contentType !== undefined && !/[/+]json\b/i.test(contentType));
}

function lost(request: HttpRequest, error: unknown): Try {
  const { doing, signal, timeoutMs = defaultTimeoutMs } = request;
  const { host } = new URL(request.url);
  const writes = request.method !== 'GET';
  if (signal?.aborted === true) throw errors.cancelled('', { doing, doubt: writes });
  if (error instanceof AnswerTooLarge) throw errors.answerTooLarge(doing, host, maxAnswerBytes, writes);
  const trouble = proxyTrouble(error);
  if (trouble) return lostAtProxy(doing, host, trouble);
  const outcome = outcomeOfError(error);
  const code = errorCode(error);
  switch (outcome.kind) {
    case 'no connection':
      return { outcome, result: errors.noConnection(doing, host, code) };
    case 'untrusted certificate':
      return { outcome, result: errors.untrustedCertificate(doing, host, code) };
    case 'no answer': {
      // The library's error is not passed on: it carries the request, and with it the token.
      const reason = code === 'AbortError' ? `not within ${timeoutMs / 1_000} s` : code;
      return { outcome, result: errors.noAnswer(doing, host, reason, writes) };
    }
    default:
      return outcome satisfies never;
  }
}

/** Nothing left for Microsoft. What the proxy answered is no answer of Microsoft's, whatever its status. */
function lostAtProxy(
  doing: Words,
  host: string,
  { proxy, reason }: NonNullable<ReturnType<typeof proxyTrouble>>,
): Try {
  if (outcomeOfError(undefined, reason).kind === 'untrusted certificate')
    return {
      outcome: { kind: 'untrusted certificate' },
      result: errors.untrustedCertificate(doing, proxy, reason),
    };
  const status = /^\d+$/.test(reason) ? Number(reason) : undefined;
  return {
    outcome: status === undefined ? { kind: 'no connection' } : { kind: 'foreign answer', status },
    result: errors.proxyFailed(doing, { proxy, host, status, reason }),
  };
}

const notSent = new Set([
  connectTimeout,
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
]);

type LostKind = 'untrusted certificate' | 'no connection' | 'no answer';

/** OpenSSL's verification results as Node spells them, nodejs.org/api/tls.html#x509-certificate-error-codes. */
const certificate =
  /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT_)/;

/** What an error of the transport says about the request: lost before it left, or perhaps after. */
export function outcomeOfError(
  error: unknown,
  code = errorCode(error),
): Extract<TryOutcome, { kind: LostKind }> {
  if (certificate.test(code)) return { kind: 'untrusted certificate' };
  if (notSent.has(code) || code === 'EPROTO' || code.startsWith('ERR_SSL_')) return { kind: 'no connection' };
  return { kind: lostWhileConnecting(code, error) ? 'no connection' : 'no answer' };
}

/** Node's code; an error without one goes by its name, such as `AbortError`. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Some codes are used for both phases; only the message tells them apart (Node's net and tls, https-proxy-agent). */
function lostWhileConnecting(code: string, error: unknown): boolean {
  const message = error instanceof Error ? error.message : '';
  if (code === 'ETIMEDOUT') return message === '' || message.startsWith('connect ');
  return /before secure TLS connection was established|before receiving CONNECT response/.test(message);
}
