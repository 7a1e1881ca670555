import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Http } from '../../../src/core/cloud/http.ts';
import { lastCheckFileOf } from '../../../src/core/customer/file-names.ts';
import { findLastCheck } from '../../../src/core/customer/last-check.ts';
import { withLock } from '../../../src/core/customer/lock.ts';
import { standingOf } from '../../../src/core/customer/standing.ts';
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

/** The process ends between the answer to a sign-in of the app and the next line: nothing after it is done. */
function killedAfterSignIn(story: Renewing): { readonly story: Renewing; readonly killed: Promise<void> } {
  const { promise: killed, resolve } = Promise.withResolvers<void>();
  const http: Http = {
    send: (request) => {
      if (!String(request.body).includes('client_credentials')) return story.http.send(request);
      const never = new Promise<never>(() => undefined);
      const { inTurn = (work) => work() } = request;
      const once: typeof inTurn = (work) =>
        inTurn(async () => {
          await work();
          resolve();
          return await never;
        });
      return story.http.send({ ...request, inTurn: once });
    },
  };
  return { story: { ...story, http }, killed };
}

async function killed(story: Renewing, act: (story: Renewing) => Promise<unknown>): Promise<void> {
  const dying = killedAfterSignIn(story);
  void act(dying.story);
  await dying.killed;
  await rm(`${story.files.record}.lock`, { force: true });
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
  ['a check that is killed', (story) => killed(story, async (dying) => await (await checksOf(dying))())],
  ['a test email that is killed', (story) => killed(story, mail)],
  [
    'an onboarding that is killed',
    (story) => killed(story, (dying) => dying.run({ http: dying.http, signIn: dying.signInOnce })),
  ],
  [
    'a test email beside a run that holds the lock',
    (story) => withLock(story.files.record, 'another run', () => mail(story)),
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

test.each<[string, (story: Renewing) => Promise<unknown>]>([
  ['is killed', (story) => killed(story, async (dying) => await (await checksOf(dying))())],
  [
    'sees nothing',
    async (story) => {
      story.state.faults.rules.push({ path: /batch/, answer: { kind: 'status', status: 503, body: {} } });
      await (await checksOf(story))();
      story.state.faults.rules.length = 0;
    },
  ],
])('a first check that %s is known as ours, and is no check to show', async (_what, act) => {
  const story = await keptByTa();
  await act(story);
  const place = lastCheckFileOf(story.files.record);
  const seen = await findLastCheck(place);
  expect(seen).toMatchObject({ findings: [] });
  const files = { customer: story.customer, record: await story.record() };
  const standing = standingOf(files, story.clock.now());
  expect(standingOf({ ...files, seen }, story.clock.now())).toEqual(standing);
  story.clock.advance(dayMs);
  expect((await story.finish()).failure).toMatchObject({ code: 'TA-OLD-SECRET-IN-USE' });
  expect((await story.record()).renewal?.newSecretSeen).toBeUndefined();
});

test.each<[string, (story: Renewing) => Promise<unknown>]>([
  ['a check', async (story) => await (await checksOf(story))()],
  ['a test email', (story) => mail(story)],
])('%s that began before the renewal and waited for its turn is no use of T&A', async (_what, act) => {
  const story = await renewing();
  const { http, clock } = story;
  reportLate(story, 6 * hourMs, (at) =>
    story.state.applications.some(({ secrets }) => secrets.some(({ signIns }) => signIns.includes(at))),
  );
  let isRenewed = false;
  const waiting: Http = {
    async send(request) {
      if (String(request.body).includes('client_credentials') && !isRenewed) {
        isRenewed = true;
        expect((await story.renew()).failure).toBeUndefined();
        clock.advance(hourMs);
      }
      return await http.send(request);
    },
  };
  await act({ ...story, http: waiting });
  expect(isRenewed).toBe(true);
  clock.advance(dayMs);
  // A check that begins now knows of it too.
  await (await checksOf(story))();
  clock.advance(dayMs / 2);
  const { failure, progress } = await story.finish();
  expect(progress.find(({ kind }) => kind === 'last use')).toMatchObject({ evidence: { kind: 'not seen' } });
  expect(failure).toBeUndefined();
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
