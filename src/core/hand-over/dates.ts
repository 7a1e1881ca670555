import type { Line } from './paper.ts';

export const dayMs = 24 * 60 * 60_000;

/** `2027-05-23`, in UTC. */
export function dateOf(instant: number | string): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The same as words of ours. */
export const day = (instant: number | string): Line => [dateOf(instant)];

/** `2026-11-24 10:00 UTC` */
export const minute = (instant: string): Line => [
  `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
];
