import { Words } from '../words/say.ts';

export const dayMs = 24 * 60 * 60_000;

/** `2027-05-23`, in UTC. */
export function dateOf(instant: number | string): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The same as words of ours. */
export const day = (instant: number | string): Words => new Words(dateOf(instant));

/** `2026-11-24 10:00 UTC` */
export const minute = (instant: string): Words =>
  new Words(`${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`);
