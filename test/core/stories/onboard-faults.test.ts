import { getEventListeners } from 'node:events';
import { mkdir, rmdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { OnboardPorts } from '../../../src/core/stories/onboard.ts';
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
import { expectFinished, expectInvariants, heldIn } from '../../support/invariants.ts';
import { onboarding } from '../../support/onboarding.ts';

const register = { method: 'PATCH', path: '/v1.0/applications(' } as const;
const principal = { method: 'PATCH', path: '/v1.0/servicePrincipals(' } as const;
const grant = { method: 'POST', path: /\/appRoleAssignedTo$/ } as const;
const addPassword = { method: 'POST', path: /\/addPassword$/ } as const;
/** The first is the look. */
const changes = { method: 'POST', path: '/v1.0/$batch', nth: 2 } as const;

const badGateway: FaultAnswer = {
  kind: 'status',
  status: 502,
  headers: { 'Content-Type': 'text/html' },
  body: '<html><body>502 Bad Gateway</body></html>',
};

const timedOut: FaultAnswer = { kind: 'status', status: 408, body: { error: { code: 'RequestTimeout' } } };

const first = { nth: 1 } as const;
const passing: [string, FaultRule][] = [
  ['the answer to the registration is lost', { ...register, ...first, answer: after }],
  ['the registration does not arrive', { ...register, ...first, answer: before }],
  ['the answer to the registration is cut', { ...register, ...first, answer: truncated }],
  ['the registration meets a server error', { ...register, ...first, answer: serverError }],
  ['the registration meets a bad gateway', { ...register, nth: [1, 2, 3], answer: badGateway }],
  ['the registration is throttled', { ...register, ...first, answer: slowDown }],
  ['the answer to the service principal is lost', { ...principal, ...first, answer: after }],
  ['the answer to the service principal is cut', { ...principal, ...first, answer: truncated }],
  ['the service principal meets a server error', { ...principal, ...first, answer: serverError }],
  ['the service principal is throttled', { ...principal, ...first, answer: slowDown }],
  ['the answer to grants and secret is lost', { ...changes, answer: after }],
  ['grants and secret do not arrive', { ...changes, answer: before }],
  ['the answer to grants and secret is cut', { ...changes, answer: truncated }],
  ['grants and secret meet a server error', { ...changes, answer: serverError }],
  ['grants and secret meet a bad gateway', { ...changes, answer: badGateway }],
  ['grants and secret meet a timeout of a gateway', { ...changes, answer: timedOut }],
  ['grants and secret are throttled', { ...changes, answer: slowDown }],
  ['the second grant meets a server error', { ...grant, nth: 2, answer: serverError }],
  ['the third grant is throttled', { ...grant, nth: 3, answer: slowDown }],
  ['the answer to the fourth grant is lost', { ...grant, nth: 4, answer: after }],
  ['the secret meets a server error', { ...addPassword, ...first, answer: serverError }],
  ['the secret meets a timeout of a gateway', { ...addPassword, ...first, answer: timedOut }],
  ['the answer to the secret is lost', { ...addPassword, ...first, answer: after }],
  ['the answer to the secret is lost twice', { ...addPassword, nth: [1, 2], answer: after }],
  ['the secret is throttled', { ...addPassword, ...first, answer: slowDown }],
  ['the token endpoint resets every other request', { path: /\/token$/, nth: { each: 2 }, answer: before }],
];

test.each(passing)('finishes with one of each although %s', async (_what, rule) => {
  const story = await onboarding({ faults: [rule] });
  const { failure } = await story.run();
  expect(failure).toBeUndefined();
  expect(story.struck()).toBeGreaterThan(0);
  await expectFinished(story);
});

const timersNow = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

test.each<[string, FaultRule[]]>([
  ['ends well', []],
  ['is refused', [{ ...register, answer: denied }]],
  ['waits as it is told', [{ ...register, ...first, answer: slowDown }]],
  ['loses an answer', [{ ...changes, answer: after }]],
])('a run that %s leaves neither a timer nor a listener behind', async (_what, rules) => {
  const story = await onboarding({ faults: rules });
  const { signal } = new AbortController();
  const timers = timersNow();
  await story.run({ signal });
  expect(timersNow()).toBeLessThanOrEqual(timers);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('waits at least as long as the service asks', async () => {
  const story = await onboarding({ faults: [{ ...register, ...first, answer: slowDown }] });
  await story.run();
  const [refused, again] = story.state.requests.filter(({ method }) => method === 'PATCH');
  expect((again?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(7000);
});

const alwaysLost = { ...changes, nth: Array.from({ length: 30 }, (_, index) => index + 2) };

const lasting: [string, FaultRule, string][] = [
  ['registering is refused', { ...register, answer: denied }, 'Authorization_RequestDenied'],
  ['registering meets server errors for ever', { ...register, answer: serverError }, 'InternalServerError'],
  ['registering is never answered', { ...register, answer: after }, 'TA-NO-ANSWER'],
  ['a page of the network answers the registration', { ...register, answer: html }, 'TA-SOMETHING-BETWEEN'],
  ['the service principal is refused', { ...principal, answer: denied }, 'Authorization_RequestDenied'],
  ['the service principal is never answered', { ...principal, answer: after }, 'TA-NO-ANSWER'],
  [
    'the third grant is refused',
    { ...grant, nth: { first: 3, each: 1000 }, answer: denied },
    'TA-CONSENT-NEEDED',
  ],
  ['a page of the network answers grants and secret', { ...changes, answer: html }, 'TA-SOMETHING-BETWEEN'],
  ['grants and secret are made, but never answered', { ...alwaysLost, answer: after }, 'TA-NO-ANSWER'],
  ['the secret is refused', { ...addPassword, answer: denied }, 'Authorization_RequestDenied'],
  ['the secret meets server errors for ever', { ...addPassword, answer: serverError }, 'InternalServerError'],
  ['the secret is made, but never answered', { ...addPassword, answer: after }, 'TA-NO-ANSWER'],
];

test.each(lasting)('stops with advice and without a loose end where %s', async (_what, rule, code) => {
  const story = await onboarding({ faults: [rule] });
  const begun = story.clock.now();
  const { failure } = await story.run();
  expect(failure).toBeInstanceOf(Failure);
  if (!(failure instanceof Failure)) return;
  expect(failure.code).toBe(code);
  expect(String(failure.advice.next)).not.toBe('');
  expect(failure.message).toMatch(/Created so far:|Nothing was changed|is not known/);
  expect(heldIn(story.state).liveSecrets).toEqual([]);
  await expectInvariants(story);
  expect((story.clock.now() - begun) / 60_000).toBeLessThan(20);

  story.state.faults.rules = [];
  expect((await story.run()).failure).toBeUndefined();
  await expectFinished(story);
});

test.each<[string, FaultRule[], RegExp, number]>([
  ['is removed in the tenant', [], /client secret "[^"]+" \(key ID [^)]+\) was deleted in the tenant\./, 0],
  [
    'is told where it cannot be removed either, and the next run removes it',
    [{ method: 'POST', path: /\/removePassword$/, answer: denied }],
    /client secret "[^"]+" \(key ID [^)]+\) is valid in the tenant but stored nowhere\./,
    1,
  ],
])('a secret for which the file has no room any more %s', async (_what, rules, message, left) => {
  const story = await onboarding({ faults: rules });
  const http: OnboardPorts['http'] = {
    async send(request) {
      const answer = await story.http.send(request);
      if (heldIn(story.state).liveSecrets.length > 0)
        await mkdir(story.files.preferences, { recursive: true });
      return answer;
    },
  };
  const { failure } = await story.run({ http });
  expect(failure).toMatchObject({ message: expect.stringMatching(message) });
  expect(heldIn(story.state).liveSecrets).toHaveLength(left);

  story.state.faults.rules = [];
  await rmdir(story.files.preferences);
  expect((await story.run()).failure).toBeUndefined();
  await expectFinished(story);
});
