import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Customer } from '../../../src/core/customer/customer.ts';
import { withFailed } from '../../../src/core/customer/journal.ts';
import { needsAction, standingOf } from '../../../src/extension/tree/customer-status.ts';
import { blankRecord } from '../../support/blank-record.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { setUpRecord } from '../../support/set-up-record.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const customer = z.parse(Customer, contosoCustomer);
const failed = withFailed(blankRecord(), { at: now, operation: 'op-1', step: 'register-application' });
const { verification: _, ...unverified } = setUpRecord('2027-11-24T12:00:00Z');

test.each([
  ['without a record', undefined, 'not set up', 'registration'],
  ['with an empty record', blankRecord(), 'not set up', 'registration'],
  ['whose registration failed', failed, 'unfinished', 'registration'],
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

test('a customer whose file cannot be read is unreadable', () => {
  expect(standingOf({ customer: undefined, record: undefined }, now)).toMatchObject({
    status: 'unreadable',
    steps: undefined,
  });
});

test('a customer of a practice tenant is marked as such', () => {
  expect(standingOf({ customer, record: blankRecord({ kind: 'practice' }) }, now).practice).toBe(true);
  expect(standingOf({ customer, record: blankRecord({ kind: 'production' }) }, now).practice).toBe(false);
});

test('whoever is ready or only waits for a verification needs no action', () => {
  expect(needsAction('ready')).toBe(false);
  expect(needsAction('unverified')).toBe(false);
  for (const status of ['unreadable', 'not set up', 'unfinished', 'expired', 'expiring'] as const)
    expect(needsAction(status)).toBe(true);
});
