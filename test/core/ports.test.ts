import { expect, test } from 'vitest';
import { systemClock } from '../../src/core/ports.ts';
import { errorFrom } from '../support/error-from.ts';

test('sleeps about as long as asked', async () => {
  const start = systemClock.now();
  await systemClock.sleep(30, undefined);
  expect(systemClock.now() - start).toBeGreaterThanOrEqual(28);
});

test('rejects with the reason of the signal, at once and before the time', async () => {
  const reason = new Error('Ctrl+C');
  expect(await errorFrom(systemClock.sleep(60_000, AbortSignal.abort(reason)))).toBe(reason);
  const controller = new AbortController();
  const slept = errorFrom(systemClock.sleep(60_000, controller.signal));
  controller.abort(reason);
  expect(await slept).toBe(reason);
});
