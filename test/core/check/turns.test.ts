import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { createTurns } from '../../../src/core/check/turns.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('so many at once and never more, in the order in which they came', async () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(pauses, fc.integer({ min: 1, max: 4 }), async (lengths, atOnce) => {
      const { inTurn } = createTurns(atOnce);
      const begun: number[] = [];
      let [running, most] = [0, 0];
      const work = async (index: number, ticks: number): Promise<void> => {
        begun.push(index);
        running += 1;
        most = Math.max(most, running);
        for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
        running -= 1;
      };
      await Promise.all(lengths.map((ticks, index) => inTurn(() => work(index, ticks))));
      expect(most).toBeLessThanOrEqual(atOnce);
      expect(begun).toEqual(lengths.map((_, index) => index));
    }),
  );
});

test('work that fails gives its turn on', async () => {
  const { inTurn } = createTurns(1);
  const failing = inTurn(() => Promise.reject(new Error('no')));
  const next = inTurn(async () => 'done');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('done');
});

test('who does not end within two seconds holds up no one, and gives no turn twice', async () => {
  vi.useFakeTimers();
  const { inTurn } = createTurns(1);
  let finish = (): void => undefined;
  const silent = inTurn(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  const order: string[] = [];
  const next = inTurn(async () => void order.push('next'));
  await vi.advanceTimersByTimeAsync(1999);
  expect(order).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  await next;
  expect(order).toEqual(['next']);
  finish();
  await silent;
  let running = 0;
  await Promise.all(
    ['a', 'b'].map((name) =>
      inTurn(async () => {
        running += 1;
        expect(running).toBe(1);
        await Promise.resolve();
        running -= 1;
        order.push(name);
      }),
    ),
  );
  expect(order).toEqual(['next', 'a', 'b']);
});
