import { afterAll, expect, test, vi } from 'vitest';
import { Failure } from '../../src/core/words/failure.ts';
import { practiceSocket } from '../support/onboarding.ts';
import { askedAgainAfter, type Fault, faults, isUsable, type Struck, strike } from './faults.ts';
import { beginning, expectSound, type Story, stories } from './stories.ts';
import { type Cell, counted, isLong } from './tally.ts';
import { atVault } from './vaults.ts';

/** Hundreds of runs where every cell is taken. */
vi.setConfig({ testTimeout: 3_600_000 });

const socket = await practiceSocket();
afterAll(() => socket.served.close());

/** A device code is good for one token: where the answer with that is lost, a person signs in again with another code. */
const isUsedUp = (failure: unknown, [first]: readonly Struck[]): boolean =>
  first?.route.endsWith('/token') === true && failure instanceof Failure && failure.code === 'AADSTS70018';

/** Whether an email went that no answer confirms is a person's to see: sending it again could make two. */
const isInDoubt = (failure: unknown, [first]: readonly Struck[]): boolean =>
  first?.route.endsWith('/send') === true && failure instanceof Failure && failure.code === 'TA-MAYBE-SENT';

/** What is to be checked after the run, or nothing where the run has no nth request. */
async function oneCell(story: Story, fault: Fault, nth: number, stays: boolean) {
  const customer = await beginning(story, socket, 0);
  const { state, clock } = customer;
  const { struck, end } = strike(
    state,
    (seen) => (seen === nth || (stays && seen > nth) ? fault : undefined),
    ({ url }) => (story.counts?.(customer) ?? true) && fault.spares?.test(new URL(url).pathname) !== true,
  );
  const begun = clock.now();
  const { failure } = await story.run(customer);
  end();
  if (struck.length === 0) return undefined;
  return async (): Promise<void> => {
    const mayEnd = stays || isUsedUp(failure, struck) || isInDoubt(failure, struck);
    if (fault.passes && !mayEnd) expect(failure).toBeUndefined();
    if (failure) expect(isUsable(failure), String(failure)).toBe(true);
    expect(clock.now() - begun, 'gives up in time').toBeLessThan(60 * 60_000);
    const again = stays ? undefined : askedAgainAfter(state, struck);
    // A refusal is not asked for again: the same request after it is the next look at something else, in one batch with it.
    if (again !== undefined && fault.passes)
      expect(again, 'asked again').toBeGreaterThanOrEqual(fault.toldMs ?? 1000);
    await expectSound(story, customer, failure);
    await story.finish(customer);
  };
}

/** The fault at every request from the first on; the short form takes one. */
async function everyRequest(
  cell: Cell,
  { story, fault, stays }: { readonly story: Story; readonly fault: Fault; readonly stays: boolean },
  first: number,
): Promise<void> {
  for (let nth = first; ; nth += isLong ? 1 : 1000) {
    const check = await oneCell(story, fault, nth, stays);
    if (!check) return;
    await cell(`${fault.id} ${stays ? 'from' : 'at'} request ${nth}`, check);
  }
}

const rows = [...stories, ...atVault].map((story, index) => [story.name, story, index] as const);

test.each(rows)('requests: %s', async (name, story, index) => {
  const sample = faults.filter((_, at) => isLong || at % 12 === (index * 5) % 12);
  await counted(`requests: ${name}`, async (cell) => {
    for (const [at, fault] of sample.entries())
      await everyRequest(cell, { story, fault, stays: false }, isLong ? 1 : 1 + ((at * 7 + index) % 11));
  });
});

/** Kinds of trouble that need not be over. */
const lasting = faults.filter(({ id }) =>
  ['N01', 'N03', 'N06', 'N08a', 'N10', 'N11', 'N14', 'N16a', 'N17', 'N19'].includes(id),
);

test.each(rows)('lasting: %s', async (name, story, index) => {
  const sample = lasting.filter((_, at) => isLong || at === (index * 3) % lasting.length);
  await counted(`lasting: ${name}`, async (cell) => {
    for (const fault of sample) await everyRequest(cell, { story, fault, stays: true }, isLong ? 1 : 9);
  });
});
