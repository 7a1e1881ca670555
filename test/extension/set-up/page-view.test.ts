import { expect, test } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import type { Block, Press, StageView } from '../../../src/contract/set-up.ts';
import type { LastCheck } from '../../../src/core/customer/last-check.ts';
import { latestIn } from '../../../src/core/customer/seen.ts';
import { standingOf } from '../../../src/core/customer/standing.ts';
import { flagsOf } from '../../../src/extension/customers/tree/customer-item.ts';
import type { PageFacts } from '../../../src/extension/set-up/views/page-facts.ts';
import { pageView } from '../../../src/extension/set-up/views/page-view.ts';
import { contributes, nls } from '../../support/manifest.ts';
import { blankFacts, stateWith, typed, withRun } from '../../support/page-facts.ts';
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

/** What a person can press in a stage, in its cards too, and not in what is folded. */
function pressesOf(stage: StageView): readonly Press[] {
  const inBlock = (block: Block): readonly Press[] => {
    if (block.kind === 'presses') return block.presses;
    return block.kind === 'card' ? block.blocks.flatMap(inBlock) : [];
  };
  return [...stage.bar.presses, ...stage.blocks.flatMap(inBlock)];
}

/** Nothing is asked: it goes on by itself, its form has the button, nothing is left in the tenant, or all was handed over. */
function isAtRest(facts: PageFacts, stage: StageView): boolean {
  const { end, question, signIn, consent } = facts.run ?? {};
  const goesOn = facts.run !== undefined && end === undefined && !question && !signIn && !consent;
  const isAllDone = end?.kind === 'done' && facts.handedOver !== undefined;
  return goesOn || stage.form || isAllDone || facts.state?.record?.removal?.finishedAt !== undefined;
}

/** Each state, and where it can be, the same after the customer was handed over and its secret was renewed. */
const allStates = (): [name: string, facts: PageFacts][] => {
  const all = setUpStates(now);
  const { 'hand-over-written': written, 'hand-over-renewing': renewing } = all;
  const handedOver = written?.handedOver;
  return [
    ...Object.entries(all),
    ...Object.entries(all).map(([name, facts]): [string, PageFacts] => [
      `${name}, written`,
      { ...facts, handedOver, exported: written?.exported },
    ]),
    ...Object.entries(all)
      .filter(([, { state }]) => state?.record)
      .map(([name, facts]): [string, PageFacts] => [
        `${name}, renewing`,
        { ...facts, handedOver, state: renewing?.state },
      ]),
  ];
};

test('a stage has one next action and no second one, and a button is there once', () => {
  const wrong = allStates().flatMap(([name, facts]) => {
    const view = pageView(facts);
    return view.stages.flatMap((stage) => {
      const all = pressesOf(stage);
      const next = all.filter(({ primary }) => primary).map(({ label }) => label);
      const few = stage.name === view.now && !isAtRest(facts, stage) ? 1 : 0;
      const twice = all.filter(
        ({ action }, index) => action !== 'next' && all.findIndex((each) => each.action === action) !== index,
      );
      const fits = next.length >= few && next.length <= 1 && twice.length === 0;
      return fits
        ? []
        : [`${name}, ${stage.name}: ${next.join(' | ')}; twice: ${twice.map(({ label }) => label).join()}`];
    });
  });
  expect(wrong).toEqual([]);
});

test('a button that runs a command is called as the command is, or by its first words', () => {
  const all = allStates().flatMap(([, facts]) => pageView(facts).stages.flatMap(pressesOf));
  const titled = all.flatMap(({ action, label }) => {
    const title = nls[`command.${action}`];
    return title === undefined ? [] : [{ label, title }];
  });
  expect(titled.length).toBeGreaterThan(100);
  const strange = titled.filter(({ label, title }) => !title.startsWith(label.replace(/( Again)?…$/, '')));
  expect([...new Set(strange.map(({ label, title }) => `${label}: ${title}`))]).toEqual([]);
});

test('a customer of the other world is told where it stands, on every stage, with the one way on', () => {
  const ways = { 'customer-other-world': 'Start', 'customer-other-world-real': 'Stop' };
  const run = ended({}).run;
  for (const [name, way] of Object.entries(ways)) {
    const facts = setUpStates(now)[name] ?? blankFacts;
    // Whatever has ended there: the command that comes now is one for the other world.
    for (const { stages } of [facts, { ...facts, run }].map(pageView))
      for (const stage of stages) {
        const labels = pressesOf(stage).map(({ label }) => label);
        expect([stage.name, stage.bar.presses.length, labels[0]]).toEqual([
          stage.name,
          1,
          `${way} Practice Tenant`,
        ]);
        expect(JSON.stringify(stage.blocks[0])).toContain('"title":"This customer was set up ');
      }
  }
});

test('no bar is empty: it goes on, or stops what is going on; in the test email the form has it', () => {
  const empty = allStates().flatMap(([name, facts]) =>
    pageView(facts)
      .stages.filter(({ form, bar }) => !form && bar.presses.length === 0)
      .map((stage) => `${name}, ${stage.name}`),
  );
  expect(empty).toEqual([]);
});

test('what went wrong is shown where it was asked, with the way on from there', () => {
  const barOf = (name: string) => {
    const { now: at, stages } = pageView(setUpStates(now)[name] ?? blankFacts);
    const stage = stages.find((each) => each.name === at);
    return [stage?.title, ...(stage?.bar.presses ?? []).map(({ label }) => label)];
  };
  expect(barOf('sign-in-failed')).toEqual(['Sign in', 'Edit Customer', 'Try Again', 'Show Log']);
  expect(barOf('result-refused')).toEqual(["Administrator's result", 'Import Again…', 'Show Log']);
  expect(barOf('result-with-admin')).toEqual(["Administrator's result", 'Hand Over…']);
  expect(barOf('result-kept')).toEqual(['Hand over', 'Hand Over…']);
  expect(barOf('exchange-refuses')).toEqual([
    'Changes and proof',
    'Prove Mailbox Scope',
    'Create Mailbox Scope Script…',
    'Show Log',
  ]);
});

/** What one does after day one: in the terminal, and in VS Code. */
const afterDayOne = {
  ...{ checkCustomer: 'check', checkAllCustomers: 'check', checkEveryNight: 'init-pipeline' },
  ...{ renewSecret: 'renew', finishRenewal: 'renew', removeCustomer: 'remove', adoptRegistration: 'adopt' },
};

test.each(Object.entries(afterDayOne))(
  '%s is on the page, in tree and palette; in a terminal %s',
  (name, inTerminal) => {
    expect(createProgram(() => undefined).commands.map((each) => each.name())).toContain(inTerminal);
    const pressed = allStates().flatMap(([, facts]) => pageView(facts).stages.flatMap(pressesOf));
    expect(pressed.map(({ action }) => action)).toContain(name);
    const menus = ['view/title', 'view/item/context', 'taExchange.secretAndRegistration', 'commandPalette'];
    const [palette, ...tree] = menus.map((menu) => contributes.menus[menu] ?? []).toReversed();
    const isIt = ({ command }: { command?: string }) => command === `taExchange.${name}`;
    expect(tree.flat().some(isIt)).toBe(true);
    expect(palette?.find(isIt)?.when).not.toBe('false');
  },
);

/** The lines behind *More*. */
function proposalsOf(facts: PageFacts | undefined) {
  const { stages } = pageView(facts ?? blankFacts);
  return stages.flatMap(({ blocks }) => blocks).find((block) => block.kind === 'lines')?.items ?? [];
}

test('each proposal has its line, in a rehearsal too', () => {
  const { 'customer-new': practised, 'customer-real': real } = setUpStates(now);
  const lines = ['fromName', 'app', 'permissions', 'secret', 'senderAddressFrom', 'scope', 'cloud', 'files'];
  for (const facts of [practised, real]) expect(proposalsOf(facts).map(({ id }) => id)).toEqual(lines);
  const choices = proposalsOf(real).flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'checks'));
  expect(choices.flatMap((each) => ('choices' in each ? each.choices.map(({ help }) => help) : []))).toEqual([
    expect.stringMatching(/instructions/),
    expect.stringMatching(/sender/),
    expect.stringMatching(/draft/),
    expect.stringMatching(/sent/),
  ]);
});

test('to limit the app to one mailbox asks for another one, and for "Sender address from" first', () => {
  const scopeFor = (senderAddressFrom: string, scope = 'mailbox') => {
    const values = { ...typed.values, scope, senderAddressFrom };
    const line = proposalsOf({ ...blankFacts, editing: { ...typed, values } }).find(
      ({ id }) => id === 'scope',
    );
    return line?.blocks.flatMap((block) =>
      'field' in block ? block.field : 'text' in block ? block.text.split(':')[0] : [],
    );
  };
  expect(scopeFor('', 'tenant')).toEqual(['scope']);
  expect(scopeFor('SMTP address')).toEqual(['scope', 'otherMailbox']);
  expect(scopeFor('User')).toEqual(['scope', 'T&A sends as User', 'otherMailbox']);
  expect(scopeFor('')).toEqual([
    'scope',
    'Find out first what T&A says at "Sender address from"',
    'otherMailbox',
  ]);
});

test('after a renewal the test email with the new secret comes first, then its end', () => {
  const facts = setUpStates(now)['hand-over-renewing'];
  const { record } = facts?.state ?? {};
  if (!facts?.state || !record?.secret) throw new Error('the state of a renewal has a record with a secret');
  const at = (keyId: string | undefined): string => {
    const { verification: sent, ...others } = record;
    const verification = sent && keyId !== undefined ? { ...sent, keyId } : undefined;
    const state = { ...facts.state, record: { ...others, ...(verification && { verification }) } };
    return pageView({ ...facts, state: state as PageFacts['state'] }).now;
  };
  expect([at(record.renewal?.oldSecret.keyId), at(undefined), at(record.secret.keyId)]).toEqual([
    'email',
    'email',
    'handOver',
  ]);
});

test('while a renewal is open its end is on the page and in the list, also where a check found something to mend first', () => {
  const facts = setUpStates(now)['hand-over-renewing'];
  const { record } = facts?.state ?? {};
  if (!facts?.state || !record) throw new Error('the state of a renewal has a record');
  const seen: LastCheck = {
    ...{ version: 1, kind: record.kind, at: '2026-11-24T11:00:00Z', after: latestIn(record), print: '' },
    findings: [{ code: 'x', level: 'warn', text: 'x' }],
  };
  const state = { ...facts.state, seen };
  const { move } = standingOf(state, now);
  expect(move).toBe('check');
  const page = pageView({ ...facts, state });
  const actions = page.stages.find(({ name }) => name === 'handOver');
  expect(actions && pressesOf(actions).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['finishRenewal', 'checkCustomer']),
  );
  const listed = { ...state, preferencesFile: undefined, portal: '', trouble: undefined };
  expect(flagsOf(listed, standingOf(state, now))).toMatch(/,renewal,.*,next-check$/);
});

test('a secret that was typed for a name is repeated nowhere outside its field', () => {
  const name = 'Xy78Q~canary-canary.canary_canary~canary';
  const values = { ...typed.values, name, tenant: name };
  const { stages, ...page } = pageView({ ...blankFacts, editing: { ...typed, values } });
  expect(page.title).toBe('New customer');
  const fields = /"value":"Xy78Q[^"]*"/g;
  expect(JSON.stringify(stages).replace(fields, '')).not.toContain('canary');
});
