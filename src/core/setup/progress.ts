import type { Change } from './change.ts';

/** What `apply` and the proof yield while they run. */
export type Progress =
  | { readonly kind: 'started' | 'done'; readonly change: Change }
  | { readonly kind: 'waiting'; readonly reason: string; readonly ms: number };
