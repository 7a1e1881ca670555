import { mkdir, rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openRenewal } from '../../../src/core/customer/standing.ts';
import type { RenewPorts } from '../../../src/core/stories/renew.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import type { FaultAnswer, FaultRule } from '../../../src/practice/faults.ts';
import { Died } from '../../support/death.ts';
import {
  after,
  before,
  denied,
  html,
  serverError,
  slowDown,
  truncated,
} from '../../support/fault-answers.ts';
import { heldIn } from '../../support/invariants.ts';
import {
  dayMs,
  expectRenewable,
  expectRenewed,
  hashOf,
  type Renewing,
  renewing,
} from '../../support/renewing.ts';

const addPassword = { method: 'POST', path: /\/addPassword$/ } as const;
const removePassword = { method: 'POST', path: /\/removePassword$/ } as const;
const token = { path: /\/token$/ } as const;
const look = { method: 'POST', path: '/v1.0/$batch' } as const;

/** What the token endpoint says of a secret. */
const refused = (code: string): FaultAnswer => ({
  kind: 'status',
  status: 401,
  body: {
    error: 'invalid_client',
    error_description: `${code}: refused.`,
    error_codes: [Number(code.slice(6))],
  },
});

/** The faults begin with the renewal. */
async function renewingWith(...rules: FaultRule[]): Promise<Renewing> {
  const story = await renewing();
  story.state.faults.rules = [...rules];
  return story;
}

test.each<[string, FaultRule]>([
  ['the answer to the secret is lost', { ...addPassword, nth: 1, answer: after }],
  ['the answer to the secret is lost twice', { ...addPassword, nth: [1, 2], answer: after }],
  ['the answer to the secret is cut', { ...addPassword, nth: 1, answer: truncated }],
  ['the request for the secret does not arrive', { ...addPassword, nth: 1, answer: before }],
  ['the secret meets a server error', { ...addPassword, nth: 1, answer: serverError }],
  ['the secret is throttled', { ...addPassword, nth: 1, answer: slowDown }],
  ['the look is throttled', { ...look, nth: 1, answer: slowDown }],
  ['the look for other renewals meets a server error', { ...look, nth: 2, answer: serverError }],
  ['the token endpoint resets every other request', { ...token, nth: { each: 2 }, answer: before }],
])('a renewal ends with one new secret although %s', async (_what, rule) => {
  const story = await renewingWith(rule);
  const { failure } = await story.renew();
  expect(failure).toBeUndefined();
  expect(story.struck()).toBeGreaterThan(0);
  await expectRenewed(story);
});

test.each<[string, FaultRule, string]>([
  ['the secret is refused', { ...addPassword, answer: denied }, 'Authorization_RequestDenied'],
  ['the secret meets server errors for ever', { ...addPassword, answer: serverError }, 'InternalServerError'],
  ['the secret is made, but never answered', { ...addPassword, answer: after }, 'TA-NO-ANSWER'],
  ['a page of the network answers', { ...addPassword, answer: html }, 'TA-SOMETHING-BETWEEN'],
])('a renewal stops where %s: the old secret is in the file and works', async (_what, rule, code) => {
  const story = await renewingWith(rule);
  const { failure } = await story.renew();
  expect(failure).toMatchObject({
    code,
    message: expect.stringContaining('The old client secret (begins with'),
  });
  expect(failure instanceof Failure && String(failure.advice.next)).not.toBe('');
  expect(hashOf(await story.clientSecret())).toBe(story.oldHash);
  await expectRenewable(story, 'renewing');
  story.state.faults.rules = [];
  expect((await story.renew()).failure).toBeUndefined();
  await expectRenewed(story);
});

test('a new secret that Entra does not accept in time is deleted again: the file keeps the one that works', async () => {
  const story = await renewing();
  const confirm = async (): Promise<boolean> => {
    story.state.lag.factor = 2000;
    return true;
  };
  const { failure } = await story.renew({ confirm });
  expect(failure).toMatchObject({
    code: 'TA-NOT-PROVED',
    message: expect.stringMatching(
      /The new client secret ".+" \(key ID [-\w]+\) was deleted in the tenant\. The old client secret .* works until 2027-05-22\./,
    ),
    advice: { next: expect.not.saying('Keep the preferences file') },
  });
  expect(heldIn(story.state).liveSecrets.map(({ sha256 }) => sha256)).toEqual([story.oldHash]);
  await expectRenewable(story, 'renewing');
  story.state.lag.factor = 1;
  expect((await story.renew()).failure).toBeUndefined();
  await expectRenewed(story);
});

test.each<[string, FaultRule, string]>([
  ['a code that no one knows', { ...token, answer: refused('AADSTS7009999') }, 'AADSTS7009999'],
  ['a wrong secret, for good', { ...token, answer: refused('AADSTS7000215') }, 'TA-NOT-PROVED'],
  ['no answer', { ...token, answer: before }, 'TA-NO-ANSWER'],
])(
  'a new secret that is refused with %s is in no file, and T&A goes on with the old one',
  async (_what, rule, code) => {
    const story = await renewing();
    const confirm = async (): Promise<boolean> => {
      story.state.faults.rules = [rule];
      return true;
    };
    const { secret: old } = await story.record();
    for (const _run of [1, 2]) {
      const { failure } = await story.renew({ confirm });
      expect(failure).toMatchObject({ code, message: expect.saying('was deleted in the tenant') });
      await expectRenewable(story, 'renewing');
      expect(hashOf(await story.clientSecret())).toBe(story.oldHash);
      expect(heldIn(story.state).liveSecrets).toHaveLength(1);
      expect((await story.record()).secret?.keyId).toBe(old?.keyId);
      expect(openRenewal(await story.record())).toBeUndefined();
      story.state.faults.rules = [];
    }
    expect((await story.renew()).failure).toBeUndefined();
    await expectRenewed(story);
  },
);

/** Minutes until the token service takes a new secret. */
const minutesOfLag = 300;

/** Runs until the first wait for Entra, and does `then`. */
async function whileProving(story: Renewing, then: () => void, ports: Partial<RenewPorts> = {}) {
  story.state.lag.factor = minutesOfLag;
  const { clock } = story;
  const sleep: typeof clock.sleep = async (ms, signal) => {
    if (story.state.requests.some(({ path }) => path.endsWith('/addPassword'))) then();
    signal?.throwIfAborted();
    await clock.sleep(ms, signal);
  };
  return await story.renew({ ...ports, clock: { now: () => clock.now(), sleep } });
}

test('a run that is killed while Entra does not know the secret yet leaves one in the file that works at once', async () => {
  const story = await renewing();
  const { failure } = await whileProving(story, () => {
    throw new Died();
  });
  expect(failure).toBeInstanceOf(Died);
  expect(heldIn(story.state).liveSecrets).toHaveLength(2);
  await expectRenewable(story, 'renewing');
  expect(hashOf(await story.clientSecret())).toBe(story.oldHash);
  await rm(`${story.files.record}.lock`, { force: true });
  story.state.lag.factor = 1;
  story.clock.advance(11 * 60_000);
  expect((await story.renew()).failure).toBeUndefined();
  await expectRenewed(story);
});

test('one that is cancelled there asks the tenant for nothing more, and the next run removes what it added', async () => {
  const story = await renewing();
  const stop = new AbortController();
  const { failure } = await whileProving(story, () => stop.abort(), { signal: stop.signal });
  expect(failure).toMatchObject({
    code: 'TA-CANCELLED',
    message: expect.saying('is valid in the tenant but stored nowhere. The next run deletes it.'),
    advice: { next: expect.saying('If you do not run it again, delete the secret yourself') },
  });
  expect(story.requests().filter((line) => line.endsWith('/removePassword'))).toEqual([]);
  expect(heldIn(story.state).liveSecrets).toHaveLength(2);
  await expectRenewable(story, 'renewing');
  story.state.lag.factor = 1;
  story.clock.advance(11 * 60_000);
  expect((await story.renew()).failure).toBeUndefined();
  await expectRenewed(story);
});

test('it tells of the proof before it writes the file', async () => {
  const { progress, failure } = await (await renewing()).renew();
  expect(failure).toBeUndefined();
  const order = progress.flatMap((event) =>
    event.kind === 'done' ? [event.change.kind] : event.kind === 'proved' ? [event.kind] : [],
  );
  expect(order).toEqual(['add-client-secret', 'proved', 'write-preferences']);
});

test('a file that another program changed in between takes no secret: the new one is removed again', async () => {
  const story = await renewing();
  const confirm = async (): Promise<boolean> => {
    await rm(story.files.preferences);
    return true;
  };
  const { failure } = await story.renew({ confirm });
  expect(failure).toBeInstanceOf(Failure);
  expect(heldIn(story.state).liveSecrets.map(({ sha256 }) => sha256)).toEqual([story.oldHash]);
});

test('papers that cannot be written fail the run, not the renewal', async () => {
  const story = await renewing();
  const sheet = story.files.record.replace('.ta-record.json', '.renewal.html');
  const { failure } = await story.renew({
    async confirm() {
      await mkdir(sheet);
      return true;
    },
  });
  expect(failure).toMatchObject({
    message: expect.stringContaining('The preferences file contoso.ta-email.json contains it'),
  });
  await expectRenewed(story);
  await rm(sheet, { recursive: true });
  expect((await story.renew()).failure).toBeUndefined();
  await expectRenewed(story);
});

test.each<[string, FaultRule]>([
  ['the answer to the removal is lost', { ...removePassword, nth: 1, answer: after }],
  ['the removal does not arrive', { ...removePassword, nth: 1, answer: before }],
  ['the removal meets a server error', { ...removePassword, nth: 1, answer: serverError }],
  ['the removal is throttled', { ...removePassword, nth: 1, answer: slowDown }],
])('a finish ends with the new secret alone although %s', async (_what, rule) => {
  const story = await renewing();
  await story.renew();
  story.clock.advance(dayMs);
  story.state.faults.rules = [rule];
  const { failure } = await story.finish();
  expect(failure).toBeUndefined();
  expect(story.struck()).toBeGreaterThan(0);
  expect(heldIn(story.state).liveSecrets.map(({ sha256 }) => sha256)).toEqual([
    hashOf(await story.clientSecret()),
  ]);
});

test('a removal that is refused leaves both, and says that the new one works', async () => {
  const story = await renewing();
  await story.renew();
  story.clock.advance(dayMs);
  story.state.faults.rules = [{ ...removePassword, answer: denied }];
  const { failure } = await story.finish();
  expect(failure).toMatchObject({ message: expect.stringContaining('The new client secret (begins with') });
  await expectRenewed(story);
});
