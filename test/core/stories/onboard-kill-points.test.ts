import { afterAll, expect, test, vi } from 'vitest';
import { openIntents } from '../../../src/core/customer/journal.ts';
import type { OnboardPorts } from '../../../src/core/stories/onboard.ts';
import {
  afterRequests,
  atTheClock,
  beforeRequests,
  Died,
  deathAt,
  eachNth,
  type Killer,
} from '../../support/death.ts';
import { expectFinished, expectInvariants } from '../../support/invariants.ts';
import { type Onboarding, onboarding, practiceSocket } from '../../support/onboarding.ts';

/** With EVERY_POINT=1 hundreds of runs. */
vi.setConfig({ testTimeout: 180_000 });
/** Where changes take a while to arrive most points are the same question asked again. */
const stride = eachNth(11);

const socket = await practiceSocket();
afterAll(() => socket.served.close());

const deaths: [string, Killer, number][] = [
  ['before the nth request leaves', beforeRequests, 0],
  ['before the nth request leaves, changes arriving after a moment', beforeRequests, 1],
  ['before the nth request leaves, changes arriving after some seconds', beforeRequests, 20],
  ['after the nth request was carried out', afterRequests, 0],
  ['after the nth request was carried out, changes arriving after a moment', afterRequests, 1],
  ['after the nth request was carried out, changes arriving after some seconds', afterRequests, 20],
  ['at the nth look at the clock, changes arriving after a moment', atTheClock, 1],
];

test.each(deaths)('a first run dies %s, and the next one finishes', async (_when, killer, lagFactor) => {
  let nth = 1;
  for (; ; nth += lagFactor === 0 ? 1 : stride) {
    const story = await onboarding({ lagFactor }, socket);
    const death = deathAt(nth);
    const { failure } = await runOnce(story, killer(story, death));
    if (!death.reached()) break;
    expect(failure, `n = ${nth}`).toBeInstanceOf(Died);
    await expectInvariants(story);
    await finish(story);
  }
  expect(nth).toBeGreaterThan(6);
});

test('a run that renews everything dies at the nth look at the clock, and the next one finishes', async () => {
  let nth = 1;
  for (; ; nth += stride) {
    const story = await onboarding({}, socket);
    await runOnce(story);
    story.clock.advance(181 * 24 * 3_600_000);
    story.state.grants.splice(0, 2);
    const death = deathAt(nth);
    await runOnce(story, atTheClock(story, death));
    if (!death.reached()) break;
    await expectInvariants(story);
    await finish(story);
  }
  expect(nth).toBeGreaterThan(20);
});

type Stopping = (story: Onboarding, stop: () => void) => Parameters<typeof runOnce>;

const atProgress: Stopping = (story, stop) => [story, {}, stop];
const atRequests: Stopping = (story, stop) => {
  const http: OnboardPorts['http'] = {
    send(request) {
      stop();
      return story.http.send(request);
    },
  };
  return [story, { http }];
};

test.each<[string, Stopping, number]>([
  ['when it tells of its nth step', atProgress, 0],
  ['while its nth request is under way', atRequests, 1],
])(
  'a run is stopped %s, makes no further write, and the next one finishes',
  async (_when, stopping, underWay) => {
    let nth = 1;
    for (; ; nth += 1) {
      const story = await onboarding({}, socket);
      const abort = new AbortController();
      const writes = () => story.state.requests.filter(isWrite).length;
      let told = 0;
      let before = 0;
      const [, ports, watch] = stopping(story, () => {
        told += 1;
        if (told !== nth) return;
        before = writes();
        abort.abort();
      });
      const { failure } = await runOnce(story, { ...ports, signal: abort.signal }, watch);
      if (told < nth) break;
      expect(writes() - before, `n = ${nth}`).toBeLessThanOrEqual(underWay);
      if (failure) {
        expect(failure).toMatchObject({
          code: 'TA-CANCELLED',
          message: expect.stringMatching(/^Stopped on request\./),
        });
      }
      await expectInvariants(story);
      await finish(story);
    }
    expect(nth).toBeGreaterThan(6);
  },
);

/** Grants and secret are one `$batch`, for which the secret stands. */
const isWrite = ({ method, path }: Onboarding['state']['requests'][number]): boolean =>
  method === 'PATCH' || path.endsWith('/addPassword');

/** Signing in writes nothing, so it is not part of this. */
function runOnce(
  story: Onboarding,
  ports: Partial<OnboardPorts> = {},
  watch?: Parameters<Onboarding['run']>[1],
) {
  return story.run({ signIn: story.signInOnce, ...ports }, watch);
}

/** The next run ends well; what it could not see yet the one after it removes; then there is nothing left to do. */
async function finish(story: Onboarding): Promise<void> {
  expect((await runOnce(story)).failure).toBeUndefined();
  await expectInvariants(story);
  expect(openIntents(await story.record()), 'intents without an outcome').toEqual([]);
  story.clock.advance(11 * 60_000);
  const next = await runOnce(story);
  await expectFinished(story);
  if (next.done?.prepared.plan.changes.length === 0) return;
  expect(next.done?.prepared.plan.changes.map(({ kind }) => kind)).toEqual(['remove-client-secret']);
  const last = await runOnce(story);
  expect(last.done?.prepared.plan.changes).toEqual([]);
  expect(last.done?.trips).toEqual({ look: 1, afterGo: 0 });
}
