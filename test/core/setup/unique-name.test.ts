import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JournalEntry } from '../../../src/core/customer/record.ts';
import { uniqueNameFor } from '../../../src/core/setup/unique-name.ts';
import { contoso, healthy, snapshot, uniqueName } from '../../support/snapshot.ts';

const { record: blank } = snapshot().existing;
const { record: known } = healthy().existing;
const called = (displayName: string) => ({ ...contoso, app: { ...contoso.app, displayName } });
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

test('follows from the display name', () => {
  expect(uniqueNameFor(contoso, blank)).toBe(uniqueName);
  expect(uniqueNameFor(called('Café T&A — Zürich'), blank)).toBe('ta-exchange-setup-cafe-t-a-zurich');
  expect(uniqueNameFor(called('勤怠'), blank)).toBe('ta-exchange-setup-app');
});

test("stays the record's when the application is renamed", () => {
  expect(uniqueNameFor(called('Renamed'), known)).toBe(uniqueName);
});

test('stays the one that a run asked for before it died, but not one that was refused', () => {
  expect(uniqueNameFor(called('Renamed'), asked('intent'))).toBe('ta-exchange-setup-before');
  expect(uniqueNameFor(called('Renamed'), asked('done'))).toBe('ta-exchange-setup-before');
  expect(uniqueNameFor(called('Renamed'), asked('failed'))).toBe('ta-exchange-setup-renamed');
});

test('is plain ASCII that fits into an OData key, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (displayName) => {
      expect(uniqueNameFor(called(displayName), blank)).toMatch(/^ta-exchange-setup-[a-z0-9-]{1,100}$/);
    }),
  );
});
