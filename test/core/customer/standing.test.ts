import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Customer } from '../../../src/core/customer/customer.ts';
import { withFailed } from '../../../src/core/customer/journal.ts';
import { latestIn, seenAgainst } from '../../../src/core/customer/seen.ts';
import { stages } from '../../../src/core/customer/stage-states.ts';
import { needsAction, standingOf } from '../../../src/core/customer/standing.ts';
import { blankRecord } from '../../support/blank-record.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { scopedCustomer } from '../../support/scoped-customer.ts';
import { setUpRecord } from '../../support/set-up-record.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const customer = z.parse(Customer, contosoCustomer);
const failed = withFailed(blankRecord(), { at: now, operation: 'op-1', step: 'register-application' });
const {
  verification: _v,
  proof: _p,
  preferences: _f,
  secret: _s,
  ...registered
} = setUpRecord('2027-11-24T12:00:00Z');
const asked = { ...registered, grants: [], consent: { askedAt: '2026-11-24T11:00:00Z' } };
const { verification: _, ...unverified } = setUpRecord('2027-11-24T12:00:00Z');

test.each([
  ['without a record', undefined, 'not set up', 'registration'],
  ['with an empty record', blankRecord(), 'not set up', 'registration'],
  ['whose registration failed', failed, 'unfinished', 'registration'],
  ['whose consent is asked for', asked, 'waiting for consent', 'permissions'],
  ['without a proof', { ...unverified, proof: undefined }, 'unfinished', 'proof'],
  ['without a verification', unverified, 'unverified', 'verification'],
  ['with all', setUpRecord('2027-11-24T12:00:00Z'), 'ready', undefined],
  ['with a secret for 20 days', setUpRecord('2026-12-14T12:00:00Z'), 'expiring', undefined],
  ['with an old secret', setUpRecord('2026-11-01T12:00:00Z'), 'expired', 'secret'],
  [
    'with an old secret and no proof',
    { ...setUpRecord('2026-11-01T12:00:00Z'), proof: undefined },
    'expired',
    'secret',
  ],
] as const)('a customer %s is shown so', (_name, record, status, next) => {
  const standing = standingOf({ customer, record }, now);
  expect([standing.status, standing.next]).toEqual([status, next]);
});

const waiting = {
  state: 'waiting for Exchange',
  at: '2026-11-24T11:00:00Z',
  mailbox: 'ta@contoso.com',
} as const;
const proved = { ...waiting, state: 'proved', otherMailbox: 'robin@contoso.com' } as const;

test.each([
  ['that is to be limited to one mailbox since', undefined, 'unverified', 'outdated'],
  ['whose Exchange is waited for', waiting, 'waiting for Exchange', 'waiting for Exchange'],
  ['whose mailbox scope is proved', proved, 'ready', 'done'],
] as const)('a customer %s is shown so', (_name, mailboxScope, status, verification) => {
  const roles = ['Directory.Read.All', 'User.Read.All'];
  const proof = { at: '2026-11-24T10:00:00Z', keyId: 'key-1', roles };
  const record = setUpRecord('2027-11-24T12:00:00Z', { mailboxScope, proof });
  const standing = standingOf({ customer: z.parse(Customer, scopedCustomer), record }, now);
  expect([standing.status, standing.stages?.verification]).toEqual([status, verification]);
});

/** Renewed on 20 November: T&A may use the old secret, which expires on 14 December. */
const renewed = setUpRecord('2027-04-22T12:00:00Z', {
  renewal: {
    since: '2026-11-20T12:00:00Z',
    oldSecret: { keyId: 'key-0', hint: 'abc', displayName: 'old', expiresAt: '2026-12-14T12:00:00Z' },
    ownSignIns: [],
  },
});
const dayMs = 24 * 3_600_000;

test.each([
  ['after four days', 0, 'renewing', 20],
  ['on the last day of the grace', 9, 'renewing', 11],
  ['after the grace of 14 days', 10, 'renewal overdue', 10],
  ['when the old secret has expired', 21, 'renewal overdue', -1],
] as const)(
  'a renewal that is not finished is told %s, by what the old secret has left',
  (_when, days, status, daysLeft) => {
    expect(standingOf({ customer, record: renewed }, now + days * dayMs)).toMatchObject({ status, daysLeft });
  },
);

test('a renewal is overdue when the old secret expires within a week, whatever the grace', () => {
  const patient = {
    ...customer,
    app: { ...customer.app, secret: { ...customer.app.secret, graceDays: 60 } },
  };
  expect(standingOf({ customer: patient, record: renewed }, now + 13 * dayMs).status).toBe('renewing');
  expect(standingOf({ customer: patient, record: renewed }, now + 14 * dayMs).status).toBe('renewal overdue');
  expect([needsAction('renewing'), needsAction('renewal overdue')]).toEqual([false, true]);
});

test('a renewal that has no new secret yet is none', () => {
  const { secret } = renewed;
  if (!secret || !renewed.renewal) throw new Error('the record has a secret');
  const begun = { ...renewed, renewal: { ...renewed.renewal, oldSecret: secret } };
  expect(standingOf({ customer, record: begun }, now).status).toBe('ready');
});

test('a customer whose file cannot be read is unreadable', () => {
  expect(standingOf({ customer: undefined, record: undefined }, now)).toMatchObject({
    status: 'unreadable',
    stages: undefined,
  });
});

test('a customer of a practice tenant is marked as such', () => {
  expect(standingOf({ customer, record: blankRecord({ kind: 'practice' }) }, now).practice).toBe(true);
  expect(standingOf({ customer, record: blankRecord({ kind: 'production' }) }, now).practice).toBe(false);
});

test('a customer that is ready or that only waits for a test email needs no action; one that was never begun does', () => {
  expect(needsAction('ready')).toBe(false);
  expect(needsAction('unverified')).toBe(false);
  for (const status of [
    'not set up',
    'unreadable',
    'unfinished',
    'waiting for consent',
    'expired',
    'expiring',
  ] as const)
    expect(needsAction(status)).toBe(true);
});

test('a finding speaks against its stage, the worst first, and not once the record tells of something later', () => {
  const record = setUpRecord('2027-11-24T12:00:00Z');
  const finding = (code: string, level: 'good' | 'note' | 'warn' | 'bad') => ({ code, level, text: code });
  const findings = [
    finding('permissions-surplus', 'warn'),
    finding('permissions-missing', 'bad'),
    finding('secret', 'good'),
    finding('AADSTS7000229', 'bad'),
    finding('sender-without-licence', 'note'),
    finding('TA-ENDPOINT', 'bad'),
  ];
  const at = '2026-11-24T12:00:00Z';
  const check = { version: 1, kind: record.kind, at, after: latestIn(record), print: '', findings } as const;
  const against = (seen: typeof check | undefined) =>
    stages.map((stage) => seenAgainst(stage, { record, seen })?.code);
  expect(against(check)).toEqual([
    undefined,
    'AADSTS7000229',
    'permissions-missing',
    undefined,
    undefined,
    'AADSTS7000229',
    undefined,
  ]);
  expect(against({ ...check, after: '2020-01-01T00:00:00Z' })).toEqual(stages.map(() => undefined));
  expect(against(undefined)).toEqual(stages.map(() => undefined));
});
