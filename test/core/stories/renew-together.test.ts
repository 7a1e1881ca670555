import { rm } from 'node:fs/promises';
import { afterAll, expect, test, vi } from 'vitest';
import type { RenewPorts } from '../../../src/core/stories/renew.ts';
import { Died } from '../../support/death.ts';
import { heldIn } from '../../support/invariants.ts';
import { practiceSocket } from '../../support/onboarding.ts';
import { expectRenewed, hashOf, type Renewing, renewing } from '../../support/renewing.ts';

vi.setConfig({ testTimeout: 60_000 });
const socket = await practiceSocket();
afterAll(() => socket.served.close());

const liveHashes = (story: Renewing): string[] => heldIn(story.state).liveSecrets.map(({ sha256 }) => sha256);

/** Comes back when both have come so far, whichever disk is slower; whoever comes again goes through. */
function meeting(): () => Promise<void> {
  const met = Promise.withResolvers<void>();
  let came = 0;
  return async () => {
    came += 1;
    if (came === 2) met.resolve();
    await met.promise;
  };
}

/**
 * Each has looked before the other adds its secret, and each has added its own before the other looks for it. The looks of both take
 * more than a second, which no clock here does: so the later one removes its own once the earlier one has looked, and proves.
 */
function together(story: Renewing): Partial<RenewPorts>[] {
  const [looked, added] = [meeting(), meeting()];
  const proving = Promise.withResolvers<void>();
  return [1, 2].map(() => {
    let isFirst = true;
    return {
      async confirm() {
        await looked();
        return true;
      },
      http: {
        async send(request) {
          const asked = `${request.url} ${request.body}`;
          if (!isFirst && asked.includes('client_credentials')) proving.resolve();
          if (asked.includes('/removePassword')) await proving.promise;
          const response = await story.http.send(request);
          if (isFirst && asked.includes('/addPassword')) {
            isFirst = false;
            await added();
          }
          return response;
        },
      },
    };
  });
}

/** Which of the two has given way: it says so, and its file has the old secret. The other one was told of it. */
async function expectOneWinner(
  story: Renewing,
  runs: readonly { readonly of: Renewing; readonly ended: Awaited<ReturnType<Renewing['renew']>> }[],
): Promise<void> {
  const winners = runs.filter(({ ended }) => ended.failure === undefined);
  const losers = runs.filter(({ ended }) => ended.failure !== undefined);
  expect([winners.length, losers.length]).toEqual([1, 1]);
  for (const { ended, of } of losers) {
    expect(ended.failure).toMatchObject({ code: expect.stringMatching(/TA-RENEWED-ELSEWHERE|TA-BLOCKED/) });
    expect(hashOf(await of.clientSecret())).toBe(story.oldHash);
    expect((await of.record()).secret?.hint).toBe((await of.clientSecret()).slice(0, 3));
  }
  for (const { of } of winners) await expectRenewed(of);
  expect(liveHashes(story)).toHaveLength(2);
}

test.each([0, 1, 20])(
  'two consultants renew at once (lag %s): one second secret stays, and both are told',
  async (lagFactor) => {
    const story = await renewing({ lagFactor }, socket);
    const other = await story.colleague();
    const [his, hers] = together(story);
    const [one, two] = await Promise.all([story.renew(his), other.renew(hers)]);
    await expectOneWinner(story, [
      { of: story, ended: one },
      { of: other, ended: two },
    ]);
    const [winner] = [one, two].filter(({ failure }) => failure === undefined);
    expect(winner?.progress.map(({ kind }) => kind)).toContain('renewed elsewhere');
  },
);

test('one who comes after another has renewed is told before anything is changed', async () => {
  const story = await renewing({}, socket);
  const other = await story.colleague();
  expect((await story.renew()).failure).toBeUndefined();
  const { failure } = await other.renew();
  expect(failure).toMatchObject({
    code: 'TA-BLOCKED',
    message: expect.stringContaining('Another run added the client secret'),
  });
  expect(liveHashes(story)).toHaveLength(2);
});

test('one that died after it was later than another removes its own secret when it is run again, and adds none', async () => {
  const story = await renewing({ lagFactor: 20 }, socket);
  const other = await story.colleague();
  const sleep: typeof story.clock.sleep = async (ms, signal) => {
    if (liveHashes(story).length === 3) throw new Died();
    await story.clock.sleep(ms, signal);
  };
  const confirm = async (): Promise<boolean> => {
    expect((await story.renew()).failure).toBeUndefined();
    return true;
  };
  await other.renew({ confirm, clock: { now: () => story.clock.now(), sleep } });
  expect(liveHashes(story)).toHaveLength(3);
  await rm(`${other.files.record}.lock`, { force: true });
  story.clock.advance(60_000);
  expect((await other.renew()).failure).toMatchObject({ code: 'TA-RENEWED-ELSEWHERE' });
  expect(hashOf(await other.clientSecret())).toBe(story.oldHash);
  await expectRenewed(story);
  expect((await other.renew()).failure).toMatchObject({ code: 'TA-BLOCKED' });
});
