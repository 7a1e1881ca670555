import type { Clock } from '../ports.ts';
import { plain } from '../words/say.ts';
import type { Http, HttpResponse } from './http.ts';

const minMs = 1_000;
/** Longer than anyone here waits: whoever is told so gives up. */
const maxMs = 24 * 3_600_000;

function clamp(ms: number): number {
  return Math.min(maxMs, Math.max(minMs, Math.ceil(ms)));
}

/**
 * Milliseconds to wait, from a second to a day; `undefined` where the header is absent or says nothing. Seconds may be fractional
 * (Graph: `2.128`). A date counts from the answer's own `Date`, as the two clocks may differ.
 */
export function retryAfterMs(
  header: string | undefined,
  date: string | undefined,
  now: number,
): number | undefined {
  const text = header?.trim() ?? '';
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return clamp(Number(text) * 1_000);
  const until = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(until)) return undefined;
  const from = Date.parse(date ?? '');
  return clamp(until - (Number.isNaN(from) ? now : from));
}

/** By Microsoft's clock, epoch milliseconds; `undefined` where the answer does not tell. */
export function answeredAt({ header }: Pick<HttpResponse, 'header'>): number | undefined {
  const at = Date.parse(header('date') ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/**
 * The same `Http`, and by how many milliseconds this computer's clock is ahead, as the last answer told, in whole seconds as the
 * `Date` header has; `undefined` before that.
 */
export function timedHttp(http: Http, clock: Clock): Http & { readonly aheadMs: () => number | undefined } {
  let ahead: number | undefined;
  return {
    aheadMs: () => ahead,
    async send(request) {
      const response = await http.send(request);
      const at = answeredAt(response);
      if (at !== undefined) ahead = Math.floor((clock.now() - at) / 1000) * 1000;
      return response;
    },
  };
}

/** Graph says `request-id`, Entra `x-ms-request-id`. Support can find a request by it. */
export function requestIdOf(header: (name: string) => string | undefined): string | undefined {
  const id = header('request-id') ?? header('x-ms-request-id');
  return id === undefined ? undefined : plain(id).slice(0, 80);
}
