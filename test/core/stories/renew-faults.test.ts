import { mkdir, rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Failure } from '../../../src/core/words/failure.ts';
import type { FaultAnswer, FaultRule } from '../../../src/practice/faults.ts';
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

test('a new secret that Entra does not accept in time stays in the file, and the old one beside it', async () => {
  const story = await renewing();
  story.state.lag.factor = 2000;
  const { failure } = await story.renew();
  expect(failure).toMatchObject({
    code: 'TA-NOT-PROVED',
    message: expect.stringMatching(
      /The old client secret.* works until 2027-05-22\. The new one .* is created/,
    ),
  });
  story.state.lag.factor = 1;
  story.clock.advance(60_000);
  expect((await story.renew()).failure).toBeUndefined();
  await expectRenewed(story);
});

test.each<[string, FaultRule, string]>([
  ['a code that no one knows', { ...token, answer: refused('AADSTS7009999') }, 'AADSTS7009999'],
  ['a wrong secret, for good', { ...token, answer: refused('AADSTS7000215') }, 'TA-NOT-PROVED'],
])(
  'a new secret that is refused with %s is not to be entered, and T&A goes on with the old one',
  async (_what, rule, code) => {
    const story = await renewing();
    const confirm = async (): Promise<boolean> => {
      story.state.faults.rules = [rule];
      return true;
    };
    const { secret: old } = await story.record();
    for (const ports of [{ confirm }, {}]) {
      const { failure } = await story.renew(ports);
      expect(failure).toMatchObject({
        code,
        message: expect.stringMatching(
          /The old client secret.* works until .*ta-email\.json contains it, but it is not proved.*T&A.*contoso\.before\.ta-email\.json/,
        ),
      });
      await expectRenewable(story, 'renewing');
      expect(heldIn(story.state).liveSecrets).toHaveLength(2);
      expect((await story.record()).renewal?.oldSecret.keyId).toBe(old?.keyId);
    }
    story.state.faults.rules = [];
    expect((await story.renew()).failure).toBeUndefined();
    await expectRenewed(story);
  },
);

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
