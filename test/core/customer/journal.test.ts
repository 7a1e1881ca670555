import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  adoptedWithoutSecret,
  openIntents,
  withDone,
  withFailed,
  withIntent,
  withOutcomes,
} from '../../../src/core/customer/journal.ts';
import { CustomerRecord } from '../../../src/core/customer/record.ts';
import { blankRecord } from '../../support/blank-record.ts';

const at = Date.parse('2026-11-24T10:00:00Z');
const secret = { keyId: 'k', hint: 'abc', displayName: 'T&A op-1', expiresAt: '2027-05-23T10:00:00Z' };
const application = { objectId: 'o', clientId: 'c', uniqueName: 'u', createdAt: '2026-11-24T10:00:00Z' };

test('notes an intent, and what came of it with what exists now', () => {
  const moment = { at, operation: 'op-1', step: 'add-client-secret' };
  const intended = withIntent(blankRecord(), moment);
  expect(openIntents(intended)).toMatchObject([
    { operation: 'op-1', state: 'intent', at: '2026-11-24T10:00:00.000Z' },
  ]);
  const done = withDone(intended, { ...moment, at: at + 1000 }, { secret });
  expect(openIntents(done)).toEqual([]);
  expect(done.secret).toEqual(secret);
  expect(done.journal.map(({ state }) => state)).toEqual(['intent', 'done']);
});

test('an application counts as adopted without its secret until a secret of it is known', () => {
  const registered = { ...blankRecord(), application };
  expect(adoptedWithoutSecret(registered)).toBeUndefined();
  const begun = withDone(registered, { at, operation: 'op-1', step: 'register' });
  expect(adoptedWithoutSecret(begun)).toBeUndefined();
  const adopted = withDone(begun, { at, operation: 'op-2', step: 'adopt' });
  expect(adoptedWithoutSecret(adopted)).toBe(application);
  expect(adoptedWithoutSecret({ ...adopted, secret })).toBeUndefined();
});

test('settles an intent by a failure, and only its own', () => {
  let record = withIntent(blankRecord(), { at, operation: 'op-1', step: 'a' });
  record = withIntent(record, { at, operation: 'op-1', step: 'b' });
  record = withIntent(record, { at, operation: 'op-2', step: 'a' });
  record = withFailed(record, { at, operation: 'op-1', step: 'a', note: 'Authorization_RequestDenied' });
  expect(openIntents(record).map(({ operation, step }) => `${step} ${operation}`)).toEqual([
    'b op-1',
    'a op-2',
  ]);
  expect(record.journal.at(-1)).toMatchObject({ state: 'failed', note: 'Authorization_RequestDenied' });
});

test('what another run did is no intent, though this journal never saw one', () => {
  const record = withDone(blankRecord(), { at, operation: 'op-1', step: 'a' });
  expect(openIntents(withFailed(record, { at, operation: 'op-2', step: 'a' }))).toEqual([]);
});

test('an intent that an earlier run left gets the outcome that was seen, and stays open where none was', () => {
  let record = withIntent(blankRecord(), { at, operation: 'op-1', step: 'a' });
  record = withIntent(record, { at, operation: 'op-2', step: 'a' });
  record = withIntent(record, { at, operation: 'op-3', step: 'b' });
  const outcomes = new Map<string, 'done' | 'failed'>([
    ['op-1', 'done'],
    ['op-3', 'failed'],
  ]);
  const settled = withOutcomes(record, at + 5000, ({ operation }) => outcomes.get(operation));
  expect(settled.journal.slice(3)).toEqual([
    { at: '2026-11-24T10:00:05.000Z', operation: 'op-1', step: 'a', state: 'done' },
    { at: '2026-11-24T10:00:05.000Z', operation: 'op-3', step: 'b', state: 'failed' },
  ]);
  expect(openIntents(settled).map(({ operation }) => operation)).toEqual(['op-2']);
});

test('keeps the last 200 entries and what is open before them, and changes no record it was given', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), (count) => {
      const first = blankRecord();
      let record = first;
      for (let turn = 0; turn < count; turn += 1)
        record = withDone(record, { at, operation: `${turn}`, step: 'a' });
      expect(first.journal).toEqual([]);
      expect(record.journal).toHaveLength(Math.min(count, 200));
      expect(record.journal.at(-1)?.operation).toBe(count === 0 ? undefined : `${count - 1}`);
      expect(CustomerRecord.safeParse(record).success).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('an intent stays until its outcome is known, however often something else was done meanwhile', () => {
  const open = { at, operation: 'op-1', step: 'add-client-secret' };
  let record = withIntent(blankRecord(), open);
  const sendEmails = (begin: number) => {
    for (let sent = begin; sent < begin + 150; sent += 1) {
      const moment = { at, operation: `TA-${sent}`, step: 'send-mail' };
      record = withDone(withIntent(record, moment), moment);
    }
  };
  sendEmails(0);
  expect(openIntents(record)).toMatchObject([{ operation: 'op-1' }]);
  expect(record.journal).toHaveLength(201);
  record = withFailed(record, open);
  sendEmails(150);
  expect(record.journal).toHaveLength(200);
});
