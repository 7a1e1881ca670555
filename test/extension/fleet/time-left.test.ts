import { expect, test } from 'vitest';
import { timeLeft } from '../../../src/extension/fleet/check-customers.ts';

test.each([
  [900_000, '15:00'],
  [899_001, '15:00'],
  [65_000, '1:05'],
  [1, '0:01'],
  [0, '0:00'],
  [-5_000, '0:00'],
])('%i ms before the end reads %s', (ms, text) => {
  expect(timeLeft(ms)).toBe(text);
});
