import type { Clock } from '../../src/core/ports.ts';

export interface FakeClock extends Clock {
  /** Every wait asked for so far, in milliseconds. */
  readonly waits: readonly number[];
  advance(ms: number): void;
}

/** A clock whose `sleep` takes no time and moves it on. Serves as the practice tenant's clock too. */
export function fakeClock(startMs = Date.parse('2026-11-23T22:00:00Z')): FakeClock {
  let now = startMs;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    advance(ms) {
      now += ms;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      waits.push(ms);
      now += ms;
      // Lets timers and sockets have their turn, so that a loop of sleeps does not starve them.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
  };
}
