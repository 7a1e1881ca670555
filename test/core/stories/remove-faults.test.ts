import { afterAll, expect, test } from 'vitest';
import { openIntents } from '../../../src/core/customer/journal.ts';
import { standingOf } from '../../../src/core/customer/standing.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import type { FaultRule } from '../../../src/practice/faults.ts';
import { after, before, denied, serverError, slowDown, truncated } from '../../support/fault-answers.ts';
import { type Onboarding, onboarding, practiceSocket } from '../../support/onboarding.ts';
import { expectRemoved, removal } from '../../support/removing.ts';

const socket = await practiceSocket();
afterAll(() => socket.served.close());

async function setUp(options: Parameters<typeof onboarding>[0] = {}): Promise<Onboarding> {
  const story = await onboarding(options, socket);
  const { rules } = story.state.faults;
  story.state.faults.rules = [];
  expect((await story.run({ signIn: story.signInOnce })).failure).toBeUndefined();
  story.clock.advance(60_000);
  story.state.faults.rules = rules;
  return story;
}

/** The next run ends well within minutes, whatever the dead one did; then nothing is left, and nothing is to be done. */
async function finish(story: Onboarding): Promise<void> {
  const begun = story.clock.now();
  const { done, failure } = await removal(story, { purge: true });
  expect(failure).toBeUndefined();
  expect(story.clock.now() - begun).toBeLessThan(11 * 60_000);
  await expectRemoved(story);
  expect(openIntents(await story.record()), 'intents without an outcome').toEqual([]);
  const clientId = done?.record.removal?.application.clientId;
  story.clock.advance(60_000);
  const again = await removal(story, { purge: true });
  expect(again.done?.prepared.plan.changes).toEqual([]);
  expect(story.state.applications.filter(({ appId }) => appId === clientId)).toEqual([]);
}

const grant = { method: 'DELETE', path: /\/appRoleAssignments\// } as const;
const principal = { method: 'DELETE', path: /\/servicePrincipals\/[^/]+$/ } as const;
const application = { method: 'DELETE', path: /\/v1\.0\/applications\/[^/]+$/ } as const;
const purge = { method: 'DELETE', path: /\/deletedItems\// } as const;
/** The first is the look, the second the one right before the first change. */
const changes = { method: 'POST', path: '/v1.0/$batch', nth: 3 } as const;

const passing: [string, FaultRule][] = [
  ['the answer to all is lost', { ...changes, answer: after }],
  ['the requests do not arrive', { ...changes, answer: before }],
  ['the answer to all is cut', { ...changes, answer: truncated }],
  ['the second grant meets a server error', { ...grant, nth: 2, answer: serverError }],
  ['the third grant is throttled', { ...grant, nth: 3, answer: slowDown }],
  ['the answer to the service principal is lost', { ...principal, nth: 1, answer: after }],
  ['the service principal is throttled', { ...principal, nth: 1, answer: slowDown }],
  ['the answer to the application is lost', { ...application, nth: 1, answer: after }],
  ['the application meets a server error', { ...application, nth: 1, answer: serverError }],
  ['the answer to the purge is lost', { ...purge, nth: 1, answer: after }],
  ['the purge is throttled', { ...purge, nth: 2, answer: slowDown }],
];

test.each(passing)('everything is removed although %s', async (_what, rule) => {
  const story = await setUp({ faults: [rule] });
  const { failure } = await removal(story, { purge: true });
  expect(failure).toBeUndefined();
  expect(story.struck()).toBeGreaterThan(0);
  await expectRemoved(story);
});

const lasting: [string, FaultRule, string][] = [
  ['the grants are refused', { ...grant, answer: denied }, 'Authorization_RequestDenied'],
  ['the service principal is refused', { ...principal, answer: denied }, 'Authorization_RequestDenied'],
  ['the application is refused', { ...application, answer: denied }, 'Authorization_RequestDenied'],
  [
    'the application meets server errors for ever',
    { ...application, answer: serverError },
    'InternalServerError',
  ],
  ['the purge is refused', { ...purge, answer: denied }, 'Authorization_RequestDenied'],
];

test.each(lasting)('stops with advice and says what is left where %s', async (_what, rule, code) => {
  const story = await setUp({ faults: [rule] });
  const { failure } = await removal(story, { purge: true });
  expect(failure).toBeInstanceOf(Failure);
  if (!(failure instanceof Failure)) return;
  expect(failure.code).toBe(code);
  expect(failure.message).toMatch(/Still in the tenant|is deleted/);
  const record = await story.record();
  const { status } = standingOf({ customer: story.customer, record }, story.clock.now());
  expect(status).toBe(record.removal?.finishedAt === undefined ? 'removal unfinished' : 'removed');
  story.state.faults.rules = [];
  await finish(story);
});
