import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { practiceSocket } from '../support/onboarding.ts';
import { faults, isUsable, strike } from './faults.ts';
import { beginning, expectSound, type Story, stories } from './stories.ts';
import { type Cell, counted, isLong, seed } from './tally.ts';

vi.setConfig({ testTimeout: 3_600_000 });

const socket = await practiceSocket();
afterAll(() => socket.served.close());

const wanted = isLong ? Number(process.env.RELIABILITY_PAIRS ?? 2000) / 2 : 4;

/** What is done later has its cells in the section `requests`. */
const soon = faults.filter(({ spares }) => spares === undefined);

const draws = fc.record({
  story: fc.constantFrom(...stories),
  lag: fc.constantFrom(0, 0, 1),
  first: fc.constantFrom(...soon),
  second: fc.constantFrom(...soon),
  at: fc.nat(999),
  later: fc.nat(999),
});

type Draw = typeof draws extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const lengths = new Map<string, number>();

/** How many requests the story has where nothing fails. */
async function lengthOf(story: Story, lag: number): Promise<number> {
  const key = `${story.name}, ${lag}`;
  const known = lengths.get(key);
  if (known !== undefined) return known;
  const customer = await beginning(story, socket, lag);
  let length = 0;
  const met = strike(customer.state, (nth) => {
    length = nth;
    return undefined;
  });
  expect((await story.run(customer)).failure).toBeUndefined();
  met.end();
  lengths.set(key, length);
  return length;
}

/** Both at requests that the story has; the second one that is not met, for the run ended at the first, makes no pair. */
async function onePair(draw: Draw) {
  const { story, lag, first, second } = draw;
  const length = await lengthOf(story, lag);
  const at = 1 + (draw.at % (length - 1));
  const then = at + 1 + (draw.later % (length - at));
  const customer = await beginning(story, socket, lag);
  const { struck, end } = strike(customer.state, (nth) =>
    nth === at ? first : nth === then ? second : undefined,
  );
  const { failure } = await story.run(customer);
  end();
  if (struck.length < 2) return undefined;
  return {
    name: `${story.name}, ${lag} times the lag, ${first.id} at ${at}, ${second.id} at ${then}`,
    async check(): Promise<void> {
      expect(struck).toHaveLength(2);
      if (failure) expect(isUsable(failure), String(failure)).toBe(true);
      await expectSound(story, customer, failure);
      await story.finish(customer);
    },
  };
}

test.each([1, 2])('pairs: two faults in one run, half %i', async (half) => {
  let met = 0;
  const work = async (cell: Cell): Promise<void> => {
    for (const draw of fc.sample(draws, { numRuns: 10 * wanted, seed: seed + half })) {
      const pair = await onePair(draw);
      if (!pair) continue;
      await cell(pair.name, pair.check);
      met += 1;
      if (met === wanted) return;
    }
  };
  await counted(`pairs: two faults in one run, half ${half}`, work, true);
  expect(met, 'pairs of which both were met').toBe(wanted);
});
