import { afterAll, expect, test, vi } from 'vitest';
import { heldIn } from '../../support/invariants.ts';
import { practiceSocket } from '../../support/onboarding.ts';
import { expectRenewed, hashOf, type Renewing, renewing } from '../../support/renewing.ts';

vi.setConfig({ testTimeout: 60_000 });
const socket = await practiceSocket();
afterAll(() => socket.served.close());

const liveHashes = (story: Renewing): string[] => heldIn(story.state).liveSecrets.map(({ sha256 }) => sha256);

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
    const [one, two] = await Promise.all([story.renew(), other.renew()]);
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
