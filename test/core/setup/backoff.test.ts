import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from '../../../src/core/setup/backoff.ts';

test('waits 1, 2, 4, 8, then 15 seconds', () => {
  const waits = [0, 1, 2, 3, 4, 5, 60].map((attempt) => backoffMs(attempt, () => 0));
  expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

test('is never under a second, never over fifteen, and shortened by a quarter at most', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const ms = backoffMs(attempt, () => random);
      const whole = backoffMs(attempt, () => 0);
      expect(Number.isInteger(ms)).toBe(true);
      expect(ms).toBeGreaterThanOrEqual(Math.max(1000, Math.floor(whole * 0.75)));
      expect(ms).toBeLessThanOrEqual(15_000);
    }),
  );
});
