/** 1, 2, 4, 8, 15, 15 ... seconds, each shortened by up to a quarter so that many runs do not ask in step; never under one second. */
export function backoffMs(attempt: number, random: () => number): number {
  const whole = Math.min(1000 * 2 ** Math.min(attempt, 4), 15_000);
  return Math.max(1000, Math.round(whole * (1 - random() / 4)));
}
