import { usageFailure } from './usage-failure.ts';

const most = 7 * 24 * 60;

/** Minutes that a flag such as `--wait-for-consent` holds, in milliseconds; `true`: the flag alone, for the usual time. */
export function minutesOf(flag: string, given: string | true, usual: number): number {
  const minutes = given === true ? usual : Number(given);
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= most) return minutes * 60_000;
  throw usageFailure(`${flag} takes whole minutes from 1 to ${most}, which is a week.`);
}
