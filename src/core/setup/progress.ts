import type { Change } from './change.ts';
import type { ConsentRequest } from './consent-request.ts';

/** What `apply` and the proof yield while they run. */
export type Progress =
  | { readonly kind: 'started' | 'done'; readonly change: Change }
  | { readonly kind: 'waiting'; readonly reason: string; readonly ms: number }
  | { readonly kind: 'consent asked'; readonly request: ConsentRequest }
  /** For how long already, and when it is looked again. */
  | { readonly kind: 'waiting for consent'; readonly waitedMs: number; readonly ms: number };
