import { expect, test } from 'vitest';
import { pageView } from '../../../src/extension/set-up/views/page-view.ts';
import { blankFacts } from '../../support/page-facts.ts';
import { setUpStates } from '../../support/set-up-states.ts';

const now = Date.parse('2026-11-24T12:00:00Z');

test('work that is no set-up is ticked once it is done, unless something needs action', () => {
  const workOf = (name: string) => {
    const { stages } = pageView(setUpStates(now)[name] ?? blankFacts);
    const work = stages.find((each) => each.name === 'changes');
    return `${work?.title}, ${work?.stateText}`;
  };
  const ended = ['removal-done', 'renewal-finished', 'result-running', 'check-needs-action'];
  expect([...ended, 'check-cancelled'].map(workOf)).toEqual([
    'Removal, done',
    'Renewal, done',
    "Administrator's result, open",
    'Check, open',
    'Check, needs attention',
  ]);
});
