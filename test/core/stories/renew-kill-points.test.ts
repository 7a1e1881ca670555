import { afterAll, expect, test, vi } from 'vitest';
import { openIntents } from '../../../src/core/customer/journal.ts';
import { exists } from '../../../src/core/files/target.ts';
import { oldFileOf } from '../../../src/core/preferences/old-file.ts';
import {
  afterRequests,
  atTheClock,
  beforeRequests,
  Died,
  deathAt,
  eachNth,
  type Killer,
} from '../../support/death.ts';
import { heldIn } from '../../support/invariants.ts';
import { practiceSocket } from '../../support/onboarding.ts';
import {
  dayMs,
  expectRenewable,
  expectRenewed,
  hashOf,
  type Renewing,
  renewing,
} from '../../support/renewing.ts';

vi.setConfig({ testTimeout: 180_000 });
const socket = await practiceSocket();
afterAll(() => socket.served.close());

const deaths: [string, Killer, number, number][] = [
  ['before the nth request leaves', beforeRequests, 0, 2],
  ['before the nth request leaves, changes arriving after some seconds', beforeRequests, 20, 10],
  ['after the nth request was carried out', afterRequests, 0, 2],
  ['after the nth request was carried out, changes arriving after some seconds', afterRequests, 20, 10],
  ['at the nth look at the clock, changes arriving after a moment', atTheClock, 1, 12],
];

test.each(deaths)('a renewal dies %s, and the next one finishes', async (_when, killer, lagFactor, step) => {
  const stride = eachNth(step);
  let nth = 1;
  for (; ; nth += stride) {
    const story = await renewing({ lagFactor }, socket);
    const death = deathAt(nth);
    const { failure } = await runOnce(story, killer(story, death));
    if (!death.reached()) break;
    expect(failure, `n = ${nth}`).toBeInstanceOf(Died);
    await expectRenewable(story, 'renewing');
    await renewAndFinish(story);
  }
  expect(nth).toBeGreaterThan(5);
});

test.each(deaths)('a finish dies %s, and the next one finishes', async (_when, killer, lagFactor, step) => {
  const stride = eachNth(step);
  let nth = 1;
  for (; ; nth += stride) {
    const story = await renewing({ lagFactor }, socket);
    expect((await runOnce(story)).failure).toBeUndefined();
    story.clock.advance(dayMs);
    const death = deathAt(nth);
    const { failure } = await story.finish({ signIn: story.signInOnce, ...killer(story, death) });
    if (!death.reached()) break;
    expect(failure, `n = ${nth}`).toBeInstanceOf(Died);
    await expectRenewable(story, 'finishing');
    await finish(story);
  }
  expect(nth).toBeGreaterThan(3);
});

test('a renewal is stopped while its nth request is under way: the old secret works, and the next run finishes', async () => {
  for (let nth = 1; ; nth += eachNth(3)) {
    const story = await renewing({}, socket);
    const abort = new AbortController();
    let sent = 0;
    const http = {
      send(request: Parameters<typeof story.http.send>[0]) {
        sent += 1;
        if (sent === nth) abort.abort();
        return story.http.send(request);
      },
    };
    const { failure } = await runOnce(story, { http, signal: abort.signal });
    if (sent < nth) break;
    if (failure) expect(failure).toMatchObject({ code: 'TA-CANCELLED' });
    await expectRenewable(story, 'renewing');
    await renewAndFinish(story);
  }
});

const runOnce = (story: Renewing, ports: Parameters<Renewing['renew']>[0] = {}) =>
  story.renew({ signIn: story.signInOnce, ...ports });

/** What a dead run left goes with the next ones; then both secrets live, and after the finish one. */
async function renewAndFinish(story: Renewing): Promise<void> {
  expect((await runOnce(story)).failure).toBeUndefined();
  await expectRenewable(story, 'renewing');
  expect(openIntents(await story.record()), 'intents without an outcome').toEqual([]);
  story.clock.advance(11 * 60_000);
  expect((await runOnce(story)).failure).toBeUndefined();
  await expectRenewed(story);
  story.clock.advance(dayMs);
  await finish(story);
}

async function finish(story: Renewing): Promise<void> {
  const { failure } = await story.finish({ signIn: story.signInOnce });
  if (failure)
    expect(failure).toMatchObject({ code: 'TA-BLOCKED', message: expect.stringContaining('No renewal') });
  const { liveSecrets } = heldIn(story.state);
  expect(liveSecrets.map(({ sha256 }) => sha256)).toEqual([hashOf(await story.clientSecret())]);
  expect((await story.record()).renewal).toBeUndefined();
  expect(await exists(oldFileOf(story.files.preferences)), 'the old file is gone').toBe(false);
  expect((await story.run({ signIn: story.signInOnce })).done?.prepared.plan.changes).toEqual([]);
}
