import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  drain,
  growing,
  type Look,
  type NotYet,
  orStopped,
  type Waiting,
  waitUntil,
} from '../../src/core/waiting.ts';
import { errors } from '../../src/core/words/errors.ts';
import { say } from '../../src/core/words/say.ts';
import { errorFrom } from '../support/error-from.ts';
import { fakeClock } from '../support/fake-clock.ts';

const lag: NotYet = { because: 'lag', reason: say`not yet`, toldMs: undefined };
const trouble: NotYet = { because: 'trouble', reason: say`503`, toldMs: undefined };
const told = (toldMs: number, because: NotYet['because'] = 'trouble'): NotYet => ({
  ...lag,
  because,
  toldMs,
});

/** Waits until the looks given are over; `end` is what came of it, and `asked` when each look was. */
async function waited(looks: readonly NotYet[], how: Partial<Waiting<string, NotYet, never>> = {}) {
  const clock = fakeClock();
  const begun = clock.now();
  const asked: number[] = [];
  const look = async (): Promise<Look<string>> => {
    asked.push(clock.now() - begun);
    return looks[asked.length - 1] ?? { settled: 'settled' };
  };
  const end = await drain(
    waitUntil(look, {
      doing: say`wait`,
      clock,
      signal: undefined,
      patienceMs: 600_000,
      pauses: growing({ firstMs: 100, capMs: 15_000 }),
      random: () => 0,
      overdue: ({ reason }) => `over: ${reason}`,
      ...how,
    }),
  );
  return { end, asked, waits: clock.waits };
}

const times = (many: number, one: NotYet) => Array.from({ length: many }, () => one);

test('looks at once, then after a tenth of a second, and then ever less often', async () => {
  expect(await waited([])).toMatchObject({ end: 'settled', waits: [] });
  const { waits } = await waited(times(9, lag));
  expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 15_000]);
});

test('in trouble never asks again within a second, and less often each time', async () => {
  const { waits } = await waited(times(7, trouble));
  expect(waits).toEqual([1000, 2500, 6250, 15_625, 30_000, 30_000, 30_000]);
});

test('has short pauses again when something came through', async () => {
  const { waits } = await waited([lag, lag, lag, { ...lag, moved: true }, lag]);
  expect(waits).toEqual([100, 200, 400, 100, 200]);
});

test('looks a last time when the patience ends', async () => {
  const { end, asked } = await waited(times(20, lag), { patienceMs: 1000 });
  expect(end).toBe('over: not yet');
  expect(asked).toEqual([0, 100, 300, 700, 1000]);
});

test('does not shorten a pause that trouble needs', async () => {
  expect(await waited(times(9, trouble), { patienceMs: 5000 })).toMatchObject({
    end: 'over: 503',
    asked: [0, 1000, 3500],
  });
});

test('a told time is kept to the millisecond, and does not use up the patience', async () => {
  const { end, waits } = await waited([told(20_128), told(7000), lag], { patienceMs: 1000 });
  expect(end).toBe('settled');
  expect(waits).toEqual([20_128, 7000, 100]);
});

test('gives up at once where it is told to wait longer than a quarter of an hour in all', async () => {
  expect(await waited([told(3_600_000)])).toMatchObject({ end: 'over: not yet', asked: [0] });
  expect(await waited(times(9, told(400_000)))).toMatchObject({ asked: [0, 400_000, 800_000] });
  expect(await waited([told(900_000)])).toMatchObject({ end: 'settled', asked: [0, 900_000] });
});

test('what is told before the first look is waited for', async () => {
  expect((await waited([], { firstAfterMs: 4000 })).asked).toEqual([4000]);
});

test('a pause that ends with the patience is made', async () => {
  expect(await waited(times(9, trouble), { patienceMs: 3500 })).toMatchObject({ asked: [0, 1000, 3500] });
});

test('each wait is told before it is made: how long it is, and how long it has been waited', async () => {
  const clock = fakeClock();
  const looks = [lag, told(7000)];
  const look = async (): Promise<Look<string>> => looks.shift() ?? { settled: 'settled' };
  const [doing, overdue] = [say`wait`, () => 'over'];
  const how = { doing, clock, overdue, signal: undefined, patienceMs: 60_000, random: () => 0 };
  const pauses = growing({ firstMs: 100, capMs: 15_000 });
  const waits: unknown[] = [];
  const story = waitUntil(look, { ...how, pauses, tell: (wait, found) => ({ ...wait, found }) });
  expect(await drain(story, (wait) => void waits.push(wait))).toBe('settled');
  expect(waits).toEqual([
    { ms: 100, waitedMs: 0, found: lag },
    { ms: 7000, waitedMs: 100, found: told(7000) },
  ]);
});

test('a clock that fails is no stop', async () => {
  for (const signal of [undefined, new AbortController().signal]) {
    const clock = { ...fakeClock(), sleep: () => Promise.reject(new Error('no clock')) };
    expect(await errorFrom(waited([lag], { clock, signal }))).toMatchObject({ message: 'no clock' });
  }
});

test('looks as often as allowed and no more', async () => {
  expect((await waited(times(9, lag), { tries: 3 })).asked).toHaveLength(3);
});

const open = fc.oneof(
  fc.record({
    because: fc.constantFrom('lag' as const, 'trouble' as const),
    reason: fc.constant(say`open`),
    toldMs: fc.option(fc.integer({ min: 1000, max: 60_000 }), { nil: undefined }),
  }),
);

test('whatever is answered, nothing is asked earlier than told, and nothing in trouble within a second', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(open, { maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (looks, random) => {
        const { asked } = await waited(looks, { random: () => random });
        for (const [index, look] of looks.entries()) {
          const again = asked[index + 1];
          if (again === undefined) return;
          const gap = again - (asked[index] ?? 0);
          expect(gap).toBeGreaterThanOrEqual(look.toldMs ?? (look.because === 'trouble' ? 1000 : 100));
        }
      },
    ),
  );
});

test('pauses are whole, never under the first, never over the cap, and a quarter shorter at most', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.double({ min: 1, max: 4, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (firstMs, factor, random) => {
        const range = { firstMs, capMs: 20_000, factor };
        const jittered = growing(range)(() => random);
        const whole = growing(range)(() => 0);
        for (let round = 0; round < 20; round += 1) {
          const [ms, most] = [Number(jittered.next().value), Number(whole.next().value)];
          expect(Number.isInteger(ms)).toBe(true);
          expect(ms).toBeGreaterThanOrEqual(Math.max(firstMs, Math.floor(most * 0.75)));
          expect(ms).toBeLessThanOrEqual(20_000);
        }
      },
    ),
  );
});

const cancelled = { code: 'TA-CANCELLED', doing: 'wait', message: errors.cancelled('').message };

test('stopped during a pause it looks no more, and is a Failure unless something else is meant', async () => {
  for (const stopped of [undefined, ({ reason }: NotYet) => `stopped: ${reason}`]) {
    const abort = new AbortController();
    const clock = fakeClock();
    const sleep = clock.sleep.bind(clock);
    clock.sleep = (ms, signal) => {
      abort.abort();
      return sleep(ms, signal);
    };
    const looks: NotYet[] = [trouble];
    const waiting = waited(looks, { clock, signal: abort.signal, ...(stopped ? { stopped } : {}) });
    if (stopped) expect(await waiting).toMatchObject({ end: 'stopped: 503', asked: [0] });
    else expect(await errorFrom(waiting)).toMatchObject(cancelled);
  }
});

test('stopped before it began it does not look', async () => {
  const failure = await errorFrom(waited([], { signal: AbortSignal.abort() }));
  expect(failure).toMatchObject(cancelled);
});

test('a work that cannot be cut is left to itself', async () => {
  const abort = new AbortController();
  const waiting = orStopped(new Promise(() => {}), abort.signal, say`renew the sign-in`);
  abort.abort();
  expect(await errorFrom(waiting)).toMatchObject({ code: 'TA-CANCELLED', doing: 'renew the sign-in' });
  expect(await orStopped(Promise.resolve(1), undefined, say`x`)).toBe(1);
});

test('a work that was stopped before it began is not waited for, one that ends listens no more', async () => {
  const [doing, message] = ['x', errors.cancelled('').message];
  const stopped = orStopped(new Promise(() => {}), AbortSignal.abort(), say`x`);
  expect(await errorFrom(stopped)).toMatchObject({ code: 'TA-CANCELLED', doing, message });
  const { signal } = new AbortController();
  expect(await orStopped(Promise.resolve(1), signal, say`x`)).toBe(1);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
