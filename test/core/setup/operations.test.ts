import { expect, test } from 'vitest';
import { newOperation, operationIn, unfinishedSecretOperations } from '../../../src/core/setup/operations.ts';
import { snapshot } from '../../support/snapshot.ts';

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
