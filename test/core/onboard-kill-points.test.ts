import { afterAll, expect, test } from 'vitest';
import type { Http } from '../../src/core/cloud/http.ts';
import type { OnboardPorts } from '../../src/core/onboard.ts';
import type { Clock } from '../../src/core/ports.ts';
import { expectFinished, expectInvariants } from '../support/invariants.ts';
import { type Onboarding, onboarding, practiceSocket } from '../support/onboarding.ts';

const socket = await practiceSocket();
afterAll(() => socket.served.close());

class Died extends Error {}

/** From the nth event on nothing works any more: the process is gone. `reached` tells whether there was an nth. */
function deathAt(nth: number) {
  let events = 0;
  return {
    reached: () => events >= nth,
    event(): void {
      events += 1;
      if (events >= nth) throw new Died();
    },
  };
}

type Death = ReturnType<typeof deathAt>;
type Killer = (story: Onboarding, death: Death) => Partial<OnboardPorts>;

const beforeRequests: Killer = ({ http }, death) => ({
  http: {
    async send(request) {
      death.event();
      return await http.send(request);
    },
  },
});

const afterRequests: Killer = ({ http }, death) => {
  const send: Http['send'] = async (request) => {
    if (death.reached()) throw new Died();
    const answer = await http.send(request);
    death.event();
    return answer;
  };
  return { http: { send } };
};

/** The clock is read before every line of the journal and between writing the file and noting that. */
const atTheClock: Killer = (story, death) => {
  const alive = (): void => {
    if (death.reached()) throw new Died();
  };
  const clock: Clock = {
    now() {
      death.event();
      return story.clock.now();
    },
    async sleep(ms) {
      alive();
      await story.clock.sleep(ms);
    },
  };
  const send: Http['send'] = async (request) => {
    alive();
    return await story.http.send(request);
  };
  return { clock, http: { send } };
};

const killers: [string, Killer][] = [
  ['before the nth request leaves', beforeRequests],
  ['after the nth request was carried out', afterRequests],
  ['at the nth look at the clock', atTheClock],
];

const lags: [string, number][] = [
  ['at once', 0],
  ['after a moment', 1],
  ['after a minute', 200],
];

const deaths = killers.flatMap(([when, killer]) =>
  lags.map(([arrives, lagFactor]) => ({ when, killer, arrives, lagFactor })),
);

test.each(deaths)('dies $when, where changes arrive $arrives, and finishes when run again', async (kind) => {
  let nth = 1;
  for (; ; nth += 1) {
    const story = await onboarding({ lagFactor: kind.lagFactor }, socket);
    const death = deathAt(nth);
    const { failure } = await runOnce(story, kind.killer(story, death));
    if (!death.reached()) break;
    expect(failure, `n = ${nth}`).toBeInstanceOf(Died);
    await expectInvariants(story);
    await finish(story);
  }
  console.log(nth);
  expect(nth).toBeGreaterThan(8);
});

test.each(lags)(
  'dies at the nth moment of a run that renews everything, changes arriving %s',
  async (_when, lagFactor) => {
    let nth = 1;
    for (; ; nth += 1) {
      const story = await onboarding({ lagFactor }, socket);
      await runOnce(story);
      story.clock.advance(181 * 24 * 3_600_000);
      story.state.grants.splice(0, 2);
      const death = deathAt(nth);
      await runOnce(story, atTheClock(story, death));
      if (!death.reached()) break;
      await expectInvariants(story);
      await finish(story);
    }
    console.log(nth);
    expect(nth).toBeGreaterThan(8);
  },
);

test('stops at the nth step that it tells of, says what exists, and finishes when run again', async () => {
  let nth = 1;
  for (; ; nth += 1) {
    const story = await onboarding({}, socket);
    const stop = new AbortController();
    let told = 0;
    let wroteBefore = 0;
    const writes = () => story.state.requests.filter(isWrite).length;
    const { failure, progress } = await runOnce(story, { signal: stop.signal }, () => {
      told += 1;
      if (told !== nth) return;
      wroteBefore = writes();
      stop.abort();
    });
    if (told < nth) break;
    const wrote = writes() - wroteBefore;
    const kind = progress.at(-1)?.kind;
    expect(wrote, `no write after the stop at step ${nth}, ${kind}`).toBe(0);
    if (failure) {
      expect(failure).toMatchObject({
        code: 'TA-CANCELLED',
        message: expect.stringMatching(/^Stopped on request\./),
      });
    }
    await expectInvariants(story);
    await finish(story);
  }
  console.log(nth);
  expect(nth).toBeGreaterThan(8);
});

function isWrite({ method, path, host }: { method: string; path: string; host: string }): boolean {
  return host === 'graph.microsoft.com' && method !== 'GET' && !path.includes('$batch');
}

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
  story.clock.advance(11 * 60_000);
  const next = await runOnce(story);
  await expectFinished(story);
  if (next.done?.prepared.plan.changes.length === 0) return;
  expect(next.done?.prepared.plan.changes.map(({ kind }) => kind)).toEqual(['remove-client-secret']);
  const last = await runOnce(story);
  expect(last.done?.prepared.plan.changes).toEqual([]);
  expect(last.done?.trips).toEqual({ look: 1, afterGo: 0 });
}
