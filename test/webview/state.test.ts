import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDraftStore, newDraft } from '../../webview/state.ts';

const draft = newDraft({ subject: 'S', body: 'B' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('many edits are written once, a moment after the last', () => {
  const written: unknown[] = [];
  const store = createDraftStore(draft, (kept) => written.push(kept));
  store.change({ to: 'a' });
  vi.advanceTimersByTime(200);
  store.change({ to: 'ab' });
  vi.advanceTimersByTime(200);
  expect(written).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(written).toEqual([{ ...draft, to: 'ab' }]);
});

test('a page that goes away writes at once, and not twice', () => {
  const written: unknown[] = [];
  const store = createDraftStore(draft, (kept) => written.push(kept));
  store.flush();
  expect(written).toEqual([]);
  store.change({ cc: 'c' });
  store.flush();
  vi.advanceTimersByTime(1000);
  expect(written).toEqual([{ ...draft, cc: 'c' }]);
});
