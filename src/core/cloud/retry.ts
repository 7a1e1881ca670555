import { troubleTries } from '../waiting.ts';
import { say, type Words } from '../words/say.ts';
import type { HttpRequest } from './http.ts';

/** How one try ended, as far as trying again is concerned. */
export type TryOutcome =
  | { readonly kind: 'answer'; readonly status: number }
  /** 2xx or 4xx whose body is cut or is no JSON although it says so. */
  | { readonly kind: 'broken answer' }
  /** Not from Microsoft: HTML, a redirect. */
  | { readonly kind: 'foreign answer'; readonly status: number }
  /** No byte of the request left: certainly not carried out. */
  | { readonly kind: 'no connection' }
  | { readonly kind: 'untrusted certificate' }
  /** Bytes may have left, no whole answer came. */
  | { readonly kind: 'no answer' };

/**
 * Whether a refusal with this status may come although the service acted: from a server in trouble, or from a gateway that stopped
 * hearing it. A guest network's sign-in (511) comes before anything is done.
 */
export const mayHaveActed = (status: number): boolean => status === 408 || (status >= 500 && status !== 511);

const transient = new Set([408, 500, 502, 503, 504, 509]);

/**
 * Why to try again after try number `tries` (from 1); `undefined` = give up. An unsafe request is asked again only when it
 * was certainly not carried out.
 */
export function reasonToRetry(
  outcome: TryOutcome,
  replay: HttpRequest['replay'],
  tries: number,
): Words | undefined {
  if (tries >= troubleTries) return undefined;
  const status = 'status' in outcome ? outcome.status : 0;
  if (outcome.kind === 'no connection') return say`no connection`;
  if (status === 429) return say`Microsoft asks to slow down`;
  if (replay === 'unsafe') return undefined;
  if (outcome.kind === 'no answer') return say`no answer`;
  // One more try: a proxy may have cut it. A second one of the same kind is no accident.
  if (outcome.kind === 'broken answer') return tries === 1 ? say`unreadable answer` : undefined;
  return transient.has(status) ? say`the service answered ${status}` : undefined;
}
