import { expect, test } from 'vitest';
import type { JournalEntry } from '../../../src/core/customer/record.ts';
import {
  newOperation,
  newUniqueName,
  operationIn,
  unfinishedSecretOperations,
  uniqueNameIn,
} from '../../../src/core/setup/keys.ts';
import { makePlan } from '../../../src/core/setup/plan.ts';
import { strangersOn } from '../../../src/core/setup/strangers.ts';
import { contoso, healthy, now, secretOf, snapshot, uniqueName } from '../../support/snapshot.ts';

test('makes keys that differ and can be found in a display name', () => {
  const keys = Array.from({ length: 200 }, newOperation);
  expect(new Set(keys).size).toBe(200);
  for (const key of keys) expect(operationIn(`T&A (old) secret (${key})`)).toBe(key);
});

test.each(['', 'made by hand', 'T&A (2026)', '(ta-abc) and more'])('finds no key in "%s"', (displayName) => {
  expect(operationIn(displayName)).toBe('');
});

test('an operation is unfinished until a file was written with its secret', () => {
  const journal = snapshot().withJournal(
    ['add-client-secret', 'ta-one', 'intent'],
    ['add-client-secret', 'ta-one', 'done'],
    ['write-preferences', 'ta-one', 'done'],
    ['add-client-secret', 'ta-two', 'intent'],
    ['add-client-secret', 'ta-two', 'done'],
    ['add-client-secret', 'ta-three', 'intent'],
    ['add-client-secret', 'ta-three', 'failed'],
    ['register-application', 'ta-four', 'intent'],
  );
  expect(unfinishedSecretOperations(journal.existing.record)).toEqual(['ta-two', 'ta-three']);
});

test.each(['', ' ', 'Time', 'made by hand', 'ta-', '(ta-hand)'])(
  'an operation of a record sent along, "%s", makes no secret a leftover of ours',
  (operation) => {
    const byHand = secretOf({ keyId: 'foreign', hint: 'fff', displayName: 'Time made by hand (ta-hand) ' });
    const sent = healthy()
      .withApplication({ secrets: [byHand] })
      .withJournal(['add-client-secret', operation, 'intent']);
    const { changes } = makePlan(contoso, { ...sent.existing, preferences: undefined }, now);
    expect(changes.map(({ kind }) => kind)).not.toContain('remove-client-secret');
    expect(strangersOn(contoso, sent.existing, now)).toHaveLength(1);
  },
);

const { record: blank } = snapshot().existing;
const asked = (state: JournalEntry['state']) => ({
  ...blank,
  journal: [
    {
      at: '2026-11-20T08:00:00Z',
      operation: 'ta-x',
      step: 'register-application',
      state,
      note: 'ta-exchange-setup-before',
    },
  ],
});

test('the unique name is drawn: at least 80 bits, of letters that no URL, shell or OData key minds', () => {
  const drawn = Array.from({ length: 500 }, newUniqueName);
  expect(new Set(drawn).size).toBe(500);
  const letters = new Set(drawn.flatMap((name) => [...name.replace('ta-exchange-setup-', '')]));
  expect(drawn.every((name) => /^ta-exchange-setup-[a-z0-9]+$/.test(name))).toBe(true);
  const [first = ''] = drawn;
  expect(Math.log2(letters.size) * (first.length - 'ta-exchange-setup-'.length)).toBeGreaterThan(80);
});

test('the unique name is the one of the record', () => {
  expect(uniqueNameIn(healthy().existing.record)).toBe(uniqueName);
  expect(uniqueNameIn(blank)).toBeUndefined();
});

test('the unique name is the one that a run asked for before it died, but not one that was refused', () => {
  expect(uniqueNameIn(asked('intent'))).toBe('ta-exchange-setup-before');
  expect(uniqueNameIn(asked('done'))).toBe('ta-exchange-setup-before');
  expect(uniqueNameIn(asked('failed'))).toBeUndefined();
});
