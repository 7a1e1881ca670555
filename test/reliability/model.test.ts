import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { openRenewal } from '../../src/core/customer/standing.ts';
import { exists } from '../../src/core/files/target.ts';
import { oldFileOf } from '../../src/core/preferences/preferences-file.ts';
import { Failure } from '../../src/core/words/failure.ts';
import { afterRequests, atTheClock, beforeRequests, Died, deathAt } from '../support/death.ts';
import { allGranted, heldIn } from '../support/invariants.ts';
import { type Onboarding, onboarding, practiceSocket } from '../support/onboarding.ts';
import { removal } from '../support/removing.ts';
import { dayMs, renewingIn, reportLate } from '../support/renewing.ts';
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
  'renew',
  'finish renewal',
  'lose the file',
  'lose the record',
  'a grant is removed',
  'wait',
  'a slow day',
] as const;

/** What a person starts, and what may die on the way. */
const runs = ['run', 'renew', 'finish renewal', 'remove'] as const;
type Run = (typeof runs)[number];

type Action =
  | { readonly kind: (typeof plain)[number] }
  | { readonly kind: 'crash'; readonly of: Run; readonly how: number; readonly nth: number }
  | { readonly kind: 'rename'; readonly to: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...plain).map((kind) => ({ kind })) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      of: fc.constantFrom(...runs),
      how: fc.nat(2),
      nth: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), to: fc.nat(2) }) },
);

const days = fc.tuple(fc.array(action, { maxLength: 9 }), fc.constantFrom(0, 1, 20));

test('model: whatever happens in whatever order, a clean run ends with one of each', async () => {
  const work: (cell: Cell) => Promise<void> = async (cell) => {
    for (const [actions, lagFactor] of fc.sample(days, { numRuns: isLong ? 400 : 10, seed }))
      await cell(`${JSON.stringify(actions)}, ${lagFactor} times the lag`, () => oneDay(actions, lagFactor));
  };
  await counted('model: whatever happens in whatever order', work, true);
  const all = runs.flatMap((run) => [`${run} ends well`, `${run} dies`]);
  if (isLong) expect([...ends]).toEqual(expect.arrayContaining(all));
});

/** What is expected of a customer, by hashes of secrets. */
interface Model {
  readonly story: Onboarding;
  /** May live on: T&A may use what was in a file, and nobody knows what was in a lost record. */
  readonly mayLive: Set<string>;
  /** While a renewal is open: what T&A had before it, which lives until the renewal ends. */
  first: string | undefined;
}

async function oneDay(actions: readonly Action[], lagFactor: number): Promise<void> {
  const story = await onboarding({ lagFactor }, socket);
  // As Microsoft's report is: otherwise what a run does hides that T&A uses the new secret.
  reportLate(story, dayMs / 24);
  const model: Model = { story, mayLive: new Set(), first: undefined };
  for (const one of actions) {
    await carryOut(one, model);
    if (one.kind === 'lose the record') for (const hash of liveHashes(story)) model.mayLive.add(hash);
    model.mayLive.add(await hashInFile(story));
  }
  for (const _run of ['ends well', 'removes what was not listed yet']) {
    expect((await runOnce(story)).failure).toBeUndefined();
    story.clock.advance(11 * 60_000);
  }
  await endTheRenewal(model);
  await expectOneOfEach(model);
  expectMicrosoftAlone(story.state);
  await expectPrivate(story.files.preferences);
  await expectUnlocked(story.files.record);
  expect((await runOnce(story)).done?.prepared.plan.changes).toEqual([]);
}

/** One that is open ends; where none is, nothing is removed. */
async function endTheRenewal(model: Model): Promise<void> {
  const { story } = model;
  const isOpen = openRenewal(await story.record()) !== undefined;
  let failure = await finish(model);
  // What a run did that failed hides that T&A uses the new secret. Then the old one has to rest.
  if (failure instanceof Failure && failure.code === 'TA-OLD-SECRET-IN-USE') {
    story.clock.advance(dayMs);
    failure = await finish(model);
  }
  if (isOpen) expect(failure).toBeUndefined();
  else expect(failure).toMatchObject({ message: expect.stringContaining('No renewal') });
  expect(openRenewal(await story.record())).toBeUndefined();
  expect(await exists(oldFileOf(story.files.preferences)), 'the old file is gone').toBe(false);
}

async function carryOut(one: Action, model: Model): Promise<unknown> {
  const { story } = model;
  switch (one.kind) {
    case 'run':
    case 'remove':
    case 'renew':
    case 'finish renewal':
      return await start(one.kind, model);
    case 'two windows':
      return await Promise.all([runOnce(story), runOnce(story)]);
    case 'a slow day':
      story.state.lag.factor = story.state.lag.factor === 20 ? 0 : 20;
      return;
    case 'crash': {
      const killer = killers[one.how] ?? atTheClock;
      return await start(one.of, model, killer(story, deathAt(one.nth)));
    }
    case 'lose the file':
      return await rm(story.files.preferences, { force: true });
    case 'lose the record':
      return await loseRecord(story);
    case 'a grant is removed':
      return story.state.grants.pop();
    case 'wait':
      return story.clock.advance(60_000);
    case 'rename':
      return rename(story, one.to);
    default:
      return one satisfies never;
  }
}

type Ports = Pick<NonNullable<Parameters<Onboarding['run']>[0]>, 'http' | 'clock'>;

/** Each gives how it failed. */
const started: Record<Run, (model: Model, ports?: Partial<Ports>) => Promise<unknown>> = {
  run: async ({ story }, ports) => (await runOnce(story, ports)).failure,
  remove: async ({ story }, ports) => (await removal(story, {}, ports)).failure,
  renew,
  'finish renewal': finish,
};

/** How runs of all days ended: a day that only meets refusals shows nothing. */
const ends = new Set<string>();

async function start(run: Run, model: Model, ports?: Partial<Ports>): Promise<void> {
  const failure = await started[run](model, ports);
  const end = failure === undefined ? 'ends well' : failure instanceof Died ? 'dies' : 'is refused';
  ends.add(`${run} ${end}`);
}

/** However it ends, each secret that lived and was in a file lives on, and the one in the file works. */
async function renew(model: Model, ports: Partial<Ports> = {}): Promise<unknown> {
  const { story, mayLive } = model;
  const lived = liveHashes(story);
  const before = await hashInFile(story);
  const { failure } = await renewingIn(story, before).renew({ signIn: story.signInOnce, ...ports });
  const live = liveHashes(story);
  expect(
    lived.filter((hash) => (hash === before || mayLive.has(hash)) && !live.includes(hash)),
    'secrets that a renewal took away',
  ).toEqual([]);
  const after = await hashInFile(story);
  if (lived.includes(before)) expect(live, 'the secret in the file works').toContain(after);
  if (after !== before && lived.includes(before)) model.first ??= before;
  if (failure === undefined) expect(live).toContain(after);
  return failure;
}

/** A day later. However it ends, the secret in the file works; where it ends well, what T&A had before does so no more. */
async function finish(model: Model, ports: Partial<Ports> = {}): Promise<unknown> {
  const { story, mayLive } = model;
  story.clock.advance(dayMs);
  const before = await hashInFile(story);
  const isLive = liveHashes(story).includes(before);
  const { failure } = await renewingIn(story, before).finish({ signIn: story.signInOnce, ...ports });
  const live = liveHashes(story);
  expect(await hashInFile(story)).toBe(before);
  if (isLive) expect(live, 'the secret in the file works').toContain(before);
  if (failure !== undefined) return failure;
  expect(isLive).toBe(true);
  if (model.first) {
    expect(live, 'the old secret is gone').not.toContain(model.first);
    mayLive.delete(model.first);
  }
  model.first = undefined;
  return undefined;
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

async function expectOneOfEach({ story, mayLive }: Model): Promise<void> {
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
