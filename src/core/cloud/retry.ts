import type { HttpRequest } from './http.ts';

/** How one try ended, as far as trying again is concerned. */
export type Outcome =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfterMs: number | undefined }
  /** 2xx or 4xx whose body is cut or is no JSON although it says so. */
  | { readonly kind: 'broken answer' }
  /** Not from Microsoft: HTML, a redirect. */
  | { readonly kind: 'foreign answer'; readonly status: number; readonly retryAfterMs: number | undefined }
  /** No byte of the request left: certainly not carried out. */
  | { readonly kind: 'no connection' }
  | { readonly kind: 'untrusted certificate' }
  /** Bytes may have left, no whole answer came. */
  | { readonly kind: 'no answer' };

export interface Wait {
  readonly ms: number;
  /** Whether the service named the time; else it is our own back-off. */
  readonly told: boolean;
  readonly reason: string;
}

/** Told before each wait, so that a face can show a countdown. */
export type OnWait = (wait: { readonly doing: string; readonly ms: number; readonly reason: string }) => void;

const maxTries = 5;
const floorMs = 1_000;
const capMs = 30_000;
const transient = new Set([408, 500, 502, 503, 504, 509]);

/**
 * Whether to try again after try number `tries` (from 1), and when; `undefined` = give up. `random` is 0 to 1: full jitter
 * above a floor of 1 s. An unsafe request is asked again only when it was certainly not carried out.
 */
export function nextTry(
  outcome: Outcome,
  replay: HttpRequest['replay'],
  tries: number,
  random: number,
): Wait | undefined {
  if (tries >= maxTries) return undefined;
  const reason = reasonToRetry(outcome, replay, tries);
  if (reason === undefined) return undefined;
  const told = 'retryAfterMs' in outcome ? outcome.retryAfterMs : undefined;
  const top = Math.min(capMs, floorMs * 2 ** tries);
  return { ms: told ?? Math.round(floorMs + random * (top - floorMs)), told: told !== undefined, reason };
}

function reasonToRetry(outcome: Outcome, replay: HttpRequest['replay'], tries: number): string | undefined {
  const status = 'status' in outcome ? outcome.status : 0;
  if (outcome.kind === 'no connection') return 'no connection';
  if (status === 429) return 'Microsoft asks to slow down';
  if (replay === 'unsafe') return undefined;
  if (outcome.kind === 'no answer') return 'no answer';
  // One more try: a proxy may have cut it. A second one of the same kind is no accident.
  if (outcome.kind === 'broken answer') return tries === 1 ? 'unreadable answer' : undefined;
  return transient.has(status) ? `the service answered ${status}` : undefined;
}
