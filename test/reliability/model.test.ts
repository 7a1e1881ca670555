import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { afterRequests, atTheClock, beforeRequests, deathAt } from '../support/death.ts';
import { allGranted, heldIn } from '../support/invariants.ts';
import { type Onboarding, onboarding, practiceSocket } from '../support/onboarding.ts';
import { removal } from '../support/removing.ts';
import { expectMicrosoftAlone, expectPrivate, expectUnlocked } from './in-order.ts';
import { type Cell, counted, isLong, seed } from './tally.ts';

/** Hundreds of runs: some seconds each on an idle machine. */
vi.setConfig({ testTimeout: 3_600_000 });

const socket = await practiceSocket();
afterAll(() => socket.served.close());

const names = ['Time and Attendance Exchange Online Integration', 'Zeiterfassung', 'T&A Mail'];
const killers = [beforeRequests, afterRequests, atTheClock];

const plain = [
  'run',
  'two windows',
  'remove',
  'lose the file',
  'lose the record',
  'a grant is removed',
  'wait',
  'a slow day',
] as const;

type Action =
  | { readonly kind: (typeof plain)[number] }
  | { readonly kind: 'crash'; readonly how: number; readonly nth: number }
  | { readonly kind: 'rename'; readonly to: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom(...plain).map((kind) => ({ kind })),
  fc.record({ kind: fc.constant('crash' as const), how: fc.nat(2), nth: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('rename' as const), to: fc.nat(2) }),
);

const days = fc.tuple(fc.array(action, { maxLength: 9 }), fc.constantFrom(0, 1, 20));

test('model: whatever happens in whatever order, a clean run ends with one of each', async () => {
  const work: (cell: Cell) => Promise<void> = async (cell) => {
    for (const [actions, lagFactor] of fc.sample(days, { numRuns: isLong ? 400 : 10, seed }))
      await cell(`${JSON.stringify(actions)}, ${lagFactor} times the lag`, () => oneDay(actions, lagFactor));
  };
  await counted('model: whatever happens in whatever order', work, true);
});

async function oneDay(actions: readonly Action[], lagFactor: number): Promise<void> {
  const story = await onboarding({ lagFactor }, socket);
  /** Hashes of secrets that may live on: T&A may use what was in a file, and nobody knows what was in a lost record. */
  const mayLive = new Set<string>();
  for (const one of actions) {
    await carryOut(one, story);
    if (one.kind === 'lose the record') for (const hash of liveHashes(story)) mayLive.add(hash);
    mayLive.add(await hashInFile(story));
  }
  for (const _run of ['ends well', 'removes what was not listed yet']) {
    expect((await runOnce(story)).failure).toBeUndefined();
    story.clock.advance(11 * 60_000);
  }
  await expectOneOfEach(story, mayLive);
  expectMicrosoftAlone(story.state);
  await expectPrivate(story.files.preferences);
  await expectUnlocked(story.files.record);
  expect((await runOnce(story)).done?.prepared.plan.changes).toEqual([]);
}

async function carryOut(one: Action, story: Onboarding): Promise<void> {
  switch (one.kind) {
    case 'run':
      return void (await runOnce(story));
    case 'two windows':
      return void (await Promise.all([runOnce(story), runOnce(story)]));
    case 'remove':
      return void (await removal(story));
    case 'a slow day':
      story.state.lag.factor = story.state.lag.factor === 20 ? 0 : 20;
      return;
    case 'crash': {
      const killer = killers[one.how] ?? atTheClock;
      return void (await runOnce(story, killer(story, deathAt(one.nth))));
    }
    case 'lose the file':
      return await rm(story.files.preferences, { force: true });
    case 'lose the record':
      return await loseRecord(story);
    case 'a grant is removed':
      return void story.state.grants.pop();
    case 'wait':
      return story.clock.advance(60_000);
    case 'rename':
      return rename(story, one.to);
    default:
      return one satisfies never;
  }
}

function rename(story: Onboarding, to: number): void {
  const displayName = names[to];
  if (displayName) story.customer = { ...story.customer, app: { ...story.customer.app, displayName } };
}

/** Without the record nothing tells that the application is ours: so a person names it, once it shows everywhere. */
async function loseRecord(story: Onboarding): Promise<void> {
  await rm(story.files.record, { force: true });
  const [application] = heldIn(story.state).applications;
  if (!application) return;
  story.clock.advance(11 * 60_000);
  story.adopt = application.appId;
  await runOnce(story);
  story.adopt = undefined;
}

const runOnce = (story: Onboarding, ports: Parameters<Onboarding['run']>[0] = {}) =>
  story.run({ signIn: story.signInOnce, agreeToAdopt: async () => true, ...ports });

async function expectOneOfEach(story: Onboarding, mayLive: ReadonlySet<string>): Promise<void> {
  const { applications, servicePrincipals, granted } = heldIn(story.state);
  expect(applications.map(({ graph }) => graph.displayName)).toEqual([story.customer.app.displayName]);
  expect(servicePrincipals).toHaveLength(1);
  expect(granted).toEqual(allGranted);
  const held = await hashInFile(story);
  expect(liveHashes(story)).toContain(held);
  const orphans = liveHashes(story).filter((hash) => hash !== held && !mayLive.has(hash));
  expect(orphans, 'secrets that no file ever held').toEqual([]);
}

const liveHashes = ({ state }: Onboarding): string[] => heldIn(state).liveSecrets.map(({ sha256 }) => sha256);

async function hashInFile(story: Onboarding): Promise<string> {
  const secret = await story.clientSecret().catch(() => '');
  return createHash('sha256').update(secret).digest('hex');
}
