import { say, type Words } from './say.ts';

/** `2027-05-23`, in UTC. What is no moment stays as it is. */
export const dayOf = (instant: number | string = ''): string =>
  inUtc(instant)?.slice(0, 10) ?? String(instant);

/** `2026-11-24 10:00 UTC`. What is no moment stays as it is. */
export function minuteOf(instant: number | string): string {
  const text = inUtc(instant);
  return text === undefined ? String(instant) : `${text.slice(0, 16).replace('T', ' ')} UTC`;
}

/** `works until 2027-05-23`, of a client secret. */
export const lifeOf = ({ expiresAt }: { readonly expiresAt: string }, now: number): Words =>
  Date.parse(expiresAt) <= now ? say`expired on ${dayOf(expiresAt)}` : say`works until ${dayOf(expiresAt)}`;

export const dayMs = 24 * 60 * 60_000;

/** `1 day`, `12 days`. */
export const daysOf = (count: number): Words => (count === 1 ? say`1 day` : say`${count} days`);

/** `1 minute`, `15 minutes`. */
export const minutesOf = (count: number): Words => (count === 1 ? say`1 minute` : say`${count} minutes`);

function inUtc(instant: number | string): string | undefined {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
