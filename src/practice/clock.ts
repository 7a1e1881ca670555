/** Epoch milliseconds. The practice tenant never sets timers: everything that "takes a while" is a comparison with this. */
export interface PracticeClock {
  now(): number;
}

export const wallClock: PracticeClock = { now: () => Date.now() };

/** Graph's form of an instant: UTC, whole seconds, `2026-11-23T22:00:00Z`. */
export function graphTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
