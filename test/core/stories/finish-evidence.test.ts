import { expect, test } from 'vitest';
import { readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { prepare } from '../../../src/core/stories/prepare.ts';
import { send } from '../../../src/core/stories/send.ts';
import { drain } from '../../../src/core/waiting.ts';
import { checksOf } from '../../support/checking.ts';
import { dayMs, expectRenewed, type Renewing, renewing, reportLate } from '../../support/renewing.ts';

const hourMs = dayMs / 24;

/**
 * T&A sent its last email with the old secret a day after the renewal, and from then on only ours are new. The report is six
 * hours late, as Microsoft's is.
 */
async function keptByTa(): Promise<Renewing> {
  const story = await renewing({ scenarios: ['ta-keeps-old-secret'] });
  await story.renew();
  story.clock.advance(dayMs);
  const { clock, state } = story;
  const secrets = state.applications.flatMap((application) => application.secrets);
  const old = secrets.find(({ signIns }) => signIns.length > 0);
  old?.signIns.push(clock.now());
  reportLate(story, 6 * hourMs, (at) => secrets.some(({ signIns }) => signIns.includes(at)));
  return story;
}

const ports = ({ http, clock, signInOnce }: Renewing) => ({
  ...{ http, clock, signIn: signInOnce, random: () => 0, signal: undefined },
});

async function plan(story: Renewing): Promise<void> {
  const { customer, files } = story;
  await drain(prepare({ customer, files, kind: 'practice' }, ports(story)));
}

async function mail(story: Renewing, fault?: Renewing['state']['faults']['rules'][number]): Promise<void> {
  const { files, state } = story;
  if (fault) state.faults.rules.push(fault);
  const job = { recordFile: files.record, kind: 'practice', by: 'test' } as const;
  const preferences = await readPreferences(files.preferences);
  const outgoing = { to: ['robin@contoso.com'], subject: 'Hours', body: 'x', code: 'TA-7K3Q-9F' };
  await drain(send({ ...job, preferences, mail: outgoing }, ports(story))).catch(() => undefined);
}

test.each<[string, (story: Renewing) => Promise<unknown>]>([
  ['a check', async (story) => await (await checksOf(story))()],
  [
    'a check that was throttled',
    async (story) => {
      story.state.faults.rules.push({
        path: /oauth2/,
        nth: 1,
        answer: { kind: 'status', status: 429, body: {}, headers: { 'Retry-After': '4' } },
      });
      await (await checksOf(story))();
    },
  ],
  [
    'a check that saw nothing',
    async (story) => {
      const check = await checksOf(story);
      story.state.faults.rules.push({ path: /batch/, answer: { kind: 'status', status: 503, body: {} } });
      await check();
      story.state.faults.rules.length = 0;
    },
  ],
  ['a plan', plan],
  ['an onboarding', async (story) => await story.run({ signIn: story.signInOnce })],
  ['a test email', (story) => mail(story)],
  [
    'a test email that is refused',
    (story) => mail(story, { path: /messages|sendMail/, answer: { kind: 'status', status: 403, body: {} } }),
  ],
])('%s of ours is never told as a use of T&A', async (_what, act) => {
  const story = await keptByTa();
  await (await checksOf(story))();
  story.clock.advance(hourMs);
  await act(story);
  story.clock.advance(dayMs - 2 * hourMs);
  // The report has heard of the first one only.
  await act(story);
  story.clock.advance(hourMs);
  const { failure, progress } = await story.finish();
  expect(progress.find(({ kind }) => kind === 'last use')).toMatchObject({
    evidence: { kind: 'old in use' },
  });
  expect(failure).toMatchObject({ code: 'TA-OLD-SECRET-IN-USE' });
  expect((await story.record()).renewal?.newSecretSeen).toBeUndefined();
  await expectRenewed(story);
});

test('of two servers of T&A one goes on with the old secret: a check saw the new one first, and it stops the end', async () => {
  const story = await keptByTa();
  const { clock, state } = story;
  const check = await checksOf(story);
  const [old, renewed] = state.applications
    .flatMap(({ secrets }) => secrets)
    .filter(({ signIns }) => signIns.length > 0);
  const isUsed = (secret: typeof old) => {
    clock.advance(hourMs);
    secret?.signIns.push(clock.now());
  };
  isUsed(renewed);
  clock.advance(6 * hourMs);
  await check();
  isUsed(old);
  isUsed(renewed);
  clock.advance(6 * hourMs);
  const { failure } = await story.finish();
  expect(failure).toMatchObject({
    code: 'TA-OLD-SECRET-IN-USE',
    message: expect.stringContaining('after the new one was first used'),
  });
  await expectRenewed(story);
  // The second server is changed too, and two days pass.
  for (let hour = 0; hour < 48; hour += 6) {
    clock.advance(5 * hourMs);
    isUsed(renewed);
  }
  clock.advance(6 * hourMs);
  expect((await story.finish()).failure).toBeUndefined();
});
