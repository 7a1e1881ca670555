import { createHttpHeaders, type HttpClient, type PipelineRequest } from '@azure/core-rest-pipeline';
import { jsonOrUndefined } from '../json.ts';
import type { Failure } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';
import type { Http, HttpRequest, HttpResponse } from './http.ts';
import { trustedUrl } from './trusted-url.ts';

/** An answer that is no success. */
export interface SdkRefusal {
  readonly status: number;
  /** Parsed JSON, or `undefined`. */
  readonly body: unknown;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly doing: Words;
}

/** What Azure's SDK forgets of the last answer: a good one may tell of an operation that failed. */
interface LastAnswer {
  /** Parsed JSON without what it repeats of the request's secrets, or `undefined`. */
  readonly body: unknown;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
}

export interface SdkTransport {
  readonly client: HttpClient;
  last(): LastAnswer;
}

interface TransportOptions {
  readonly http: Http;
  /** The one host that the SDK may reach. */
  readonly host: string;
  readonly doing: Words;
  readonly refused: (refusal: SdkRefusal) => Failure;
  readonly signal: AbortSignal | undefined;
}

const methods: readonly HttpRequest['method'][] = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'];
/** All that the SDK reads. */
const kept = ['content-type', 'azure-asyncoperation', 'operation-location', 'location', 'retry-after'];

/**
 * The way of an Azure SDK to its service: our own pipeline, so that its limits, retries, redaction and connect-to hold. Every refusal
 * becomes a Failure here, so the SDK sees good answers only. Where an answer tells it to poll at another host, the token
 * does not go there.
 */
export function createSdkTransport(options: TransportOptions): SdkTransport {
  const { http, host, doing, refused, signal } = options;
  let last: HttpResponse | undefined;
  return {
    last: () => ({
      body: last && jsonOrUndefined(last.withoutEchoes(last.text)),
      requestId: last?.requestId,
      retryAfterMs: last?.retryAfterMs,
    }),
    client: {
      async sendRequest(request) {
        trustedUrl(say`The address at Azure`, request.url, [host]);
        const answer = await http.send({ ...requestOf(request), doing, signal });
        const { status, text, body, requestId, retryAfterMs } = answer;
        const header = (name: string) => answer.header(name);
        if (status >= 400) throw refused({ status, body, requestId, retryAfterMs, doing });
        last = answer;
        const found = kept.map((name) => [name, header(name)] as const).filter(([, value]) => value);
        const headers = createHttpHeaders(
          Object.fromEntries(found.map(([name, value]) => [name, value ?? ''])),
        );
        return { request, status, headers, bodyAsText: text };
      },
    },
  };
}

/** Everything here is safe to ask twice: what is written has a name of ours, and twice the same value is one value. */
function requestOf({ method, url, headers, body }: PipelineRequest): Omit<HttpRequest, 'doing' | 'signal'> {
  const known = methods.find((one) => one === method);
  if (known === undefined || (body !== undefined && typeof body !== 'string'))
    throw new RangeError(`no way to send ${method} for an SDK`);
  return {
    method: known,
    url,
    headers: headers.toJSON(),
    ...(typeof body === 'string' ? { body } : {}),
    replay: 'safe',
  };
}
