import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { practiceSocket } from '../support/onboarding.ts';
import { faults, isUsable, strike } from './faults.ts';
import { beginning, expectSound, stories } from './stories.ts';
import { type Cell, counted, isLong, seed } from './tally.ts';

vi.setConfig({ testTimeout: 3_600_000 });

const socket = await practiceSocket();
afterAll(() => socket.served.close());

const numRuns = isLong ? Number(process.env.RELIABILITY_PAIRS ?? 2000) / 2 : 4;

const pairs = fc.record({
  story: fc.constantFrom(...stories),
  lag: fc.constantFrom(0, 0, 1),
  first: fc.constantFrom(...faults),
  second: fc.constantFrom(...faults),
  at: fc.integer({ min: 1, max: 30 }),
  later: fc.integer({ min: 1, max: 12 }),
});

test.each([1, 2])('pairs: two faults in one run, half %i', async (half) => {
  const work: (cell: Cell) => Promise<void> = async (cell) => {
    for (const { story, lag, first, second, at, later } of fc.sample(pairs, { numRuns, seed: seed + half })) {
      const name = `${story.name}, ${lag} times the lag, ${first.id} at ${at}, ${second.id} at ${at + later}`;
      await cell(name, async () => {
        const customer = await beginning(story, socket, lag);
        const met = strike(customer.state, (nth) =>
          nth === at ? first : nth === at + later ? second : undefined,
        );
        const { failure } = await story.run(customer);
        met.end();
        if (failure) expect(isUsable(failure), String(failure)).toBe(true);
        await expectSound(story, customer, failure);
        await story.finish(customer);
      });
    }
  };
  await counted(`pairs: two faults in one run, half ${half}`, work, true);
});
