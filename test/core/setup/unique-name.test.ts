import { expect, test } from 'vitest';
import type { JournalEntry } from '../../../src/core/customer/record.ts';
import { newUniqueName, uniqueNameIn } from '../../../src/core/setup/unique-name.ts';
import { healthy, snapshot, uniqueName } from '../../support/snapshot.ts';

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

test('is drawn: at least 80 bits, of letters that no URL, shell or OData key minds', () => {
  const drawn = Array.from({ length: 500 }, newUniqueName);
  expect(new Set(drawn).size).toBe(500);
  const letters = new Set(drawn.flatMap((name) => [...name.replace('ta-exchange-setup-', '')]));
  expect(drawn.every((name) => /^ta-exchange-setup-[a-z0-9]+$/.test(name))).toBe(true);
  const [first = ''] = drawn;
  expect(Math.log2(letters.size) * (first.length - 'ta-exchange-setup-'.length)).toBeGreaterThan(80);
});

test('is the one of the record', () => {
  expect(uniqueNameIn(healthy().existing.record)).toBe(uniqueName);
  expect(uniqueNameIn(blank)).toBeUndefined();
});

test('is the one that a run asked for before it died, but not one that was refused', () => {
  expect(uniqueNameIn(asked('intent'))).toBe('ta-exchange-setup-before');
  expect(uniqueNameIn(asked('done'))).toBe('ta-exchange-setup-before');
  expect(uniqueNameIn(asked('failed'))).toBeUndefined();
});
