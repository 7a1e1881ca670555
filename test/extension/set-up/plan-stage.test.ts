import { expect, test } from 'vitest';
import type { Block } from '../../../src/contract/set-up.ts';
import { pageView } from '../../../src/extension/set-up/views/page-view.ts';
import { blankFacts, looked, withRun } from '../../support/page-facts.ts';
import { setUpStates } from '../../support/set-up-states.ts';
import { snapshot } from '../../support/snapshot.ts';

const now = Date.parse('2026-11-24T12:00:00Z');

const planOf = (name: string) => {
  const { stages } = pageView(setUpStates(now)[name] ?? blankFacts);
  const plan = stages.find((stage) => stage.name === 'plan');
  if (!plan) throw new Error('There is no such stage.');
  return plan;
};

const tables = (blocks: readonly Block[]) => blocks.filter((block) => block.kind === 'table');

test('who, what and where stand in a table, and a file on this computer is no change in the tenant', () => {
  const { blocks, bar, note } = planOf('plan-ready');
  expect(tables(blocks)[0]?.rows.map(({ cells }) => cells.join(': '))).toEqual([
    'Who: grace@contoso.com',
    'What: 4 changes in the tenant, 1 file on this computer',
    'Where: Contoso (contoso.com), tenant ID 11111111-1111-4111-a111-111111111111',
  ]);
  expect([bar.presses[0]?.label, bar.note]).toEqual(['Make 4 Changes in Contoso', '']);
  const { stages } = pageView(setUpStates(now)['plan-ready'] ?? blankFacts);
  expect(stages.find(({ name }) => name === 'changes')?.note).toBe('4 changes');
  expect(note).toBe('before any change');
  const waits = planOf('plan-someone-else').bar;
  expect([waits.presses[0]?.label, waits.note]).toEqual([
    'Make 2 Changes in Contoso',
    '2 more wait for someone else',
  ]);
});

test('where only a file is left to write, nothing is said to change in the tenant', () => {
  const { plan, ...others } = looked(snapshot());
  const file = plan?.changes.filter(({ kind }) => kind === 'write-preferences') ?? [];
  if (!plan || file.length !== 1) throw new Error('A set-up writes one file.');
  const left = { ...plan, changes: file };
  const facts = withRun({
    ...others,
    plan: left,
    question: { kind: 'confirm', plan: left, saved: undefined },
  });
  const stage = pageView(facts).stages.find(({ name }) => name === 'plan');
  expect(stage?.bar.presses[0]?.label).toBe('Write the File on This Computer');
  expect(tables(stage?.blocks ?? [])[0]?.rows[1]?.cells).toEqual(['What', '1 file on this computer']);
});

test('where all that is left waits for someone else, no change is promised', () => {
  const { run, ...facts } = setUpStates(now)['plan-someone-else'] ?? blankFacts;
  if (!run?.plan) throw new Error('There is no plan.');
  const from = run.plan.changes.findIndex(({ kind }) => kind === 'grant-permissions');
  const plan = { ...run.plan, changes: run.plan.changes.slice(from) };
  const question = { kind: 'confirm', plan, saved: undefined } as const;
  const { stages } = pageView({ ...facts, run: { ...run, plan, question } });
  const { bar } = stages.find(({ name }) => name === 'plan') ?? {};
  expect([bar?.presses[0]?.label, bar?.note]).toEqual([
    'Ask for Consent',
    'Someone else has to consent first',
  ]);
});

test('findings stand under their headings, with who and what to do beside each', () => {
  const all = ['plan-ready', 'plan-someone-else', 'plan-blocked'].flatMap((name) => planOf(name).blocks);
  const titles = all.flatMap((block) => ('title' in block && block.title ? [block.title] : []));
  expect([...new Set(titles)].sort()).toEqual([
    'Blocks',
    'Plan',
    'Ready',
    'Someone else is needed',
    'To know',
  ]);
  for (const { title, head, rows } of tables(all).filter((table) => table.title)) {
    expect(head, title).toEqual(['Finding', 'Who', 'What to do']);
    for (const { cells } of rows)
      expect(
        cells.map((cell) => cell !== ''),
        title,
      ).toEqual([true, true, true]);
  }
});

test('only what is about to be done is done now: not after a cancel, nor where something blocks', () => {
  const notesOf = (name: string) => {
    const { stages } = pageView(setUpStates(now)[name] ?? blankFacts);
    const lists = stages.flatMap(({ blocks }) => blocks).filter((block) => block.kind === 'list');
    return lists.find(({ title }) => title === 'Plan')?.items.map(({ note }) => note ?? '');
  };
  expect(notesOf('plan-ready')).toEqual(['now', 'now', 'now', 'now', 'now']);
  expect(notesOf('plan-someone-else')).toEqual([
    'now',
    'now',
    'waits for a Global or Privileged Role Administrator',
    'after 3',
    'after 3',
  ]);
  for (const name of ['plan-blocked', 'plan-cancelled'])
    expect(notesOf(name), name).toEqual(['', '', '', '', '']);
});

test('a sign-in to Azure shows its code, though the administrator is signed in', () => {
  const admin = { objectId: 'o', displayName: 'Grace', userPrincipalName: 'grace@contoso.com' };
  const code = { userCode: 'TBWKK3THS', page: 'https://login.microsoft.com/device', expiresAt: now };
  const { stages, now: stage } = pageView(
    withRun({ admin, signIn: { way: 'device code', access: 'azure', ...code } }),
  );
  expect(stage).toBe('signIn');
  const { lead, blocks } = stages.find(({ name }) => name === 'signIn') ?? {};
  expect(lead).toContain('Someone with a role in the Azure subscription');
  expect(JSON.stringify(blocks)).toContain('TBWKK3THS');
});
