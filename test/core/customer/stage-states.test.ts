import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { withDone, withFailed, withIntent } from '../../../src/core/customer/journal.ts';
import { stages } from '../../../src/core/customer/stage-states.ts';
import { type ReadFiles, standingOf } from '../../../src/core/customer/standing.ts';
import { gatherFacts } from '../../../src/core/hand-over/facts.ts';
import { blankRecord } from '../../support/blank-record.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { setUpRecord } from '../../support/set-up-record.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const inAYear = '2027-11-24T12:00:00Z';
const customer = Customer.parse(contosoCustomer);
function stageStates(customer: ReadFiles['customer'], record: ReadFiles['record'], at: number) {
  const { stages: states } = standingOf({ customer, record }, at);
  if (!states) throw new Error('A customer that cannot be read.');
  return states;
}
const moment = { at: now, operation: 'op-1', step: 'register-application' };

test('without a record nothing is done yet', () => {
  expect(new Set(Object.values(stageStates(customer, undefined, now)))).toEqual(new Set(['missing']));
});

test('a customer that is set up and verified has every step done', () => {
  expect(Object.keys(stageStates(customer, setUpRecord(inAYear), now))).toEqual([...stages]);
  expect(new Set(Object.values(stageStates(customer, setUpRecord(inAYear), now)))).toEqual(new Set(['done']));
});

test('a step that was begun and has no outcome is interrupted', () => {
  const record = withIntent(blankRecord(), moment);
  expect(stageStates(customer, record, now).registration).toBe('interrupted');
});

test('a step whose last try failed is failed, until what it makes exists', () => {
  const failed = withFailed(withIntent(blankRecord(), moment), moment);
  expect(stageStates(customer, failed, now).registration).toBe('failed');
  const { application } = setUpRecord(inAYear);
  const done = withDone(failed, { ...moment, operation: 'op-2' }, { application });
  expect(stageStates(customer, done, now).registration).toBe('done');
});

test('a secret that Microsoft did not give without the consent that is waited for has not failed', () => {
  const asked = { ...moment, step: 'add-client-secret' };
  const refused = withFailed(withIntent(blankRecord(), asked), asked);
  const consent = { askedAt: '2026-11-24T11:00:00Z' };
  expect(stageStates(customer, { ...refused, consent }, now).secret).toBe('missing');
  expect(stageStates(customer, refused, now).secret).toBe('failed');
});

test('a permission wanted since makes grants and proof out of date', () => {
  const { app } = customer;
  const wanted = { ...customer, app: { ...app, permissions: [...app.permissions, 'Mail.Read'] } };
  const states = stageStates(wanted, setUpRecord(inAYear), now);
  expect([states.permissions, states.proof, states.secret]).toEqual(['outdated', 'outdated', 'done']);
});

test('the case of a permission does not matter', () => {
  const wanted = { ...customer, app: { ...customer.app, permissions: ['mail.send'] } };
  expect(stageStates(wanted, setUpRecord(inAYear), now).permissions).toBe('done');
});

test('preferences and proof of an earlier secret are out of date', () => {
  const secret = { keyId: 'key-2', hint: 'xyz', displayName: 'secret', expiresAt: inAYear };
  const states = stageStates(customer, setUpRecord(inAYear, { secret }), now);
  expect([states.preferences, states.proof]).toEqual(['outdated', 'outdated']);
});

test.each([
  ['2026-11-23T11:59:59Z', -1, 'expired'],
  ['2026-11-24T12:00:00Z', 0, 'expired'],
  ['2026-11-24T12:00:01Z', 1, 'expiring'],
  ['2026-12-24T12:00:00Z', 30, 'expiring'],
  ['2026-12-24T12:00:01Z', 31, 'done'],
])('a secret until %s has %i days left and is %s', (expiresAt, days, state) => {
  const record = setUpRecord(expiresAt);
  expect(standingOf({ customer, record }, now).daysLeft).toBe(days);
  expect(stageStates(customer, record, now).secret).toBe(state);
});

test('days left never grow while time goes on', () => {
  const day = 24 * 60 * 60_000;
  fc.assert(
    fc.property(fc.nat(1000 * day), fc.nat(1000 * day), (first, more) => {
      const record = setUpRecord(inAYear);
      const [before = 0, after = 0] = [now + first, now + first + more].map(
        (at) => standingOf({ customer, record }, at).daysLeft,
      );
      expect(after).toBeLessThanOrEqual(before);
    }),
  );
});

test.each([
  [['inbox'], 'done'],
  [['inbox', 'confirmed by recipient'], 'done'],
  [['inbox', 'ask the recipient'], 'unclear'],
  [['not seen'], 'unclear'],
  [['junk'], 'unclear'],
  [['inbox', 'bounced'], 'failed'],
  [[], 'unclear'],
] as const)('a verification with the outcomes %j is %s', (outcomes, state) => {
  const { verification } = setUpRecord(inAYear);
  const recipients = outcomes.map((outcome) => ({ address: 'robin@contoso.com', outcome }));
  const record = setUpRecord(inAYear, { verification: verification && { ...verification, recipients } });
  expect(stageStates(customer, record, now).verification).toBe(state);
});

test('a mail that was sent with an older secret is out of date, in the list and in the hand-over', () => {
  const whole = setUpRecord(inAYear);
  const { secret, preferences, proof } = whole;
  const renewed = setUpRecord(inAYear, {
    ...(secret && { secret: { ...secret, keyId: 'key-2' } }),
    ...(preferences && { preferences: { ...preferences, keyId: 'key-2' } }),
    ...(proof && { proof: { ...proof, keyId: 'key-2' } }),
  });
  expect(stageStates(customer, renewed, now).verification).toBe('outdated');
  const standings = [whole, renewed].map((record) => {
    const { application } = record;
    if (!application) throw new Error('a registered application');
    return gatherFacts({ customer, record, application, places: [], now }).gap;
  });
  expect(standings).toEqual([undefined, 'no mail seen']);
});

test('a token that opens every mailbox proves nothing for a customer who wants one', () => {
  const record = setUpRecord(inAYear);
  expect(stageStates({ ...customer, scope: 'mailbox' }, record, now).proof).toBe('outdated');
});
