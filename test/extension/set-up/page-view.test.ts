import { expect, test } from 'vitest';
import type { PageFacts } from '../../../src/extension/set-up/views/page-facts.ts';
import { pageView } from '../../../src/extension/set-up/views/page-view.ts';
import { stateWith, withRun } from '../../support/page-facts.ts';
import { setUpRecord } from '../../support/set-up-record.ts';
import { setUpStates } from '../../support/set-up-states.ts';

const now = Date.parse('2026-11-24T12:00:00Z');

/** A set-up that has just ended, its secret proved, before the first test email. */
function ended(change: Partial<PageFacts>): PageFacts {
  const { verification: _, ...record } = setUpRecord('2027-05-23T12:00:00Z');
  const steps = [{ what: 'proof', state: 'done', startedAt: now, answers: [] }] as const;
  return withRun({ steps, end: { kind: 'done' } }, { state: stateWith({ record }), now, ...change });
}

test('after a set-up the page goes on to the test email, unless the settings say no', () => {
  expect(pageView(ended({})).now).toBe('email');
  expect(pageView(ended({ emailFollows: false })).now).toBe('changes');
});

test('while nothing was done in this window, the settings change nothing', () => {
  for (const facts of Object.values(setUpStates(now)).filter(({ run }) => run === undefined))
    expect(pageView({ ...facts, emailFollows: false }).now).toBe(pageView(facts).now);
});
