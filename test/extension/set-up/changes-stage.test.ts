import { expect, test } from 'vitest';
import type { Block } from '../../../src/contract/set-up.ts';
import { pageView } from '../../../src/extension/set-up/views/page-view.ts';
import { blankFacts } from '../../support/page-facts.ts';
import { setUpStates } from '../../support/set-up-states.ts';

const now = Date.parse('2026-11-24T12:00:00Z');

/** What a person reads of a block; a clock as its sentence and the way it counts. */
function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'text':
      return [block.text];
    case 'clock':
      return [`${block.text} ${block.counts}`];
    case 'letter':
      return [block.label];
    case 'presses':
      return block.presses.map(({ label }) => label);
    case 'list':
      return block.items.map(({ text, state, note, since, details }) =>
        [text, state, note, ...(since === undefined ? [] : [`since ${since}`]), ...details].join(' | '),
      );
    case 'card':
      return [block.title, ...block.blocks.flatMap(textsOf)];
    default:
      return [];
  }
}

test('a step has its state, its time and its request id; a wait its reason, since when, and when it ends', () => {
  const textsIn = (name: string): readonly string[] => {
    const { now: at, stages } = pageView(setUpStates(now)[name] ?? blankFacts);
    return stages.find((each) => each.name === at)?.blocks.flatMap(textsOf) ?? [];
  };
  const done = 'Register the application | done | 0.3 s | HTTP 201, ac9555ec-2af0-4d0a-a1a6-29e0f1056c10';
  const [first, second, ...waits] = textsIn('changes-running');
  expect([first, second?.split(' | ').slice(0, 4)]).toEqual([
    done,
    ['Add the service principal', 'running', '{0}', `since ${now - 12_000}`],
  ]);
  expect(waits).toEqual([
    'Waiting until Microsoft Entra knows the application everywhere',
    'Trying again in {0} down',
  ]);
  const forConsent = ['Copy Message', 'Check Now', 'Message', 'Waiting for {0} up', 'Next check in {0} down'];
  expect(textsIn('changes-consent')).toEqual(expect.arrayContaining(['Waiting for consent', ...forConsent]));
  const forExchange = ['Waiting for {0} up', 'Next check in {0} down', 'Check Now', done];
  expect(textsIn('changes-exchange')).toEqual(
    expect.arrayContaining(['Waiting for Exchange', ...forExchange]),
  );
  expect(textsIn('changes-failed')).toContainEqual(
    expect.stringMatching(/^Add the service principal \| failed \| 0\.3 s/),
  );
  expect(textsIn('changes-cancelled').slice(0, 2)).toEqual([
    'Cancelled: Setting up Contoso Ltd',
    'Stopped on request. Created so far: the application.',
  ]);
});

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
