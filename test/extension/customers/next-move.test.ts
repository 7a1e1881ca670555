import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { mendedBy } from '../../../src/core/check/finding.ts';
import { setUpFindings } from '../../../src/core/check/findings/files.ts';
import { Customer } from '../../../src/core/customer/customer.ts';
import { withDone } from '../../../src/core/customer/journal.ts';
import type { CustomerRecord } from '../../../src/core/customer/record.ts';
import { type ReadFiles, type Status, standingOf, statuses } from '../../../src/core/customer/standing.ts';
import { customerKeys, flagsOf } from '../../../src/extension/customers/tree/customer-item.ts';
import { nextMove } from '../../../src/extension/set-up/views/page-facts.ts';
import { pageView } from '../../../src/extension/set-up/views/page-view.ts';
import { blankRecord } from '../../support/blank-record.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { contributes, holds, shown } from '../../support/manifest.ts';
import { savedFacts, stateWith } from '../../support/page-facts.ts';
import { scopedCustomer } from '../../support/scoped-customer.ts';
import { setUpRecord } from '../../support/set-up-record.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const [later, soon, before] = ['2027-05-23T12:00:00Z', '2026-12-04T12:00:00Z', '2026-11-20T12:00:00Z'];
const at = '2026-11-24T11:00:00Z';
const customer = z.parse(Customer, contosoCustomer);
const whole = setUpRecord(later);
const none = { preferences: undefined, proof: undefined, verification: undefined };
const without = (change: Partial<CustomerRecord>, expiresAt = later): CustomerRecord =>
  JSON.parse(JSON.stringify(setUpRecord(expiresAt, change)));
const imported = (change: Partial<CustomerRecord>, expiresAt = later): CustomerRecord =>
  withDone(without({ ...none, ...change }, expiresAt), { at: now, operation: 'op-1', step: 'import-result' });
const oldSecret = { keyId: 'key-0', hint: 'xyz', displayName: 'old', expiresAt: later };
const removal = { startedAt: at, application: whole.application } as CustomerRecord['removal'];
const roles = ['Directory.Read.All', 'User.Read.All'];
const seen = (level: 'bad' | 'warn'): NonNullable<ReadFiles['seen']> => ({
  ...{ version: 1, kind: whole.kind, at, after: '2026-11-24T10:00:00Z', print: '' },
  findings: [{ code: 'x', level, text: 'x' }],
});

/** Customers of every standing, and of some in more than one way. */
const known: readonly [name: string, status: Status, read: ReadFiles][] = [
  ['whose file is broken', 'unreadable', { customer: undefined, record: undefined }],
  ['that is new', 'not set up', { customer, record: undefined }],
  ['that was begun', 'unfinished', { customer, record: without({ ...none, secret: undefined }) }],
  [
    'whose consent is asked for',
    'waiting for consent',
    { customer, record: without({ ...none, consent: { askedAt: at } }) },
  ],
  [
    'whose Exchange is waited for',
    'waiting for Exchange',
    {
      customer: z.parse(Customer, scopedCustomer),
      record: setUpRecord(later, {
        proof: { at, keyId: 'key-1', roles },
        mailboxScope: { state: 'waiting for Exchange', at, mailbox: 'ta@contoso.com' },
      }),
    },
  ],
  ['whose secret is with the administrator', 'with administrator', { customer, record: imported({}) }],
  [
    'whose administrator adds the secret',
    'with administrator',
    { customer, record: imported({ secret: undefined }) },
  ],
  ["whose administrator's secret expires", 'expiring', { customer, record: imported({}, soon) }],
  ["whose administrator's secret has expired", 'expired', { customer, record: imported({}, before) }],
  ['whose permissions the script lacked', 'unfinished', { customer, record: imported({ grants: [] }) }],
  ['whose email was not sent', 'unverified', { customer, record: without({ verification: undefined }) }],
  ['that is ready', 'ready', { customer, record: whole }],
  ['whose secret expires', 'expiring', { customer, record: setUpRecord(soon) }],
  ['whose secret has expired', 'expired', { customer, record: setUpRecord(before) }],
  ['whose secret expired half-way', 'expired', { customer, record: without(none, before) }],
  [
    'that is renewed',
    'renewing',
    { customer, record: setUpRecord(later, { renewal: { since: at, oldSecret, ownSignIns: [] } }) },
  ],
  [
    'whose renewal is overdue',
    'renewal overdue',
    {
      customer,
      record: setUpRecord(later, { renewal: { since: '2026-10-01T00:00:00Z', oldSecret, ownSignIns: [] } }),
    },
  ],
  ['that cannot send', 'broken', { customer, record: whole, seen: seen('bad') }],
  ['with a warning', 'needs attention', { customer, record: whole, seen: seen('warn') }],
  ['whose removal was begun', 'removal unfinished', { customer, record: without({ removal }) }],
  [
    'that was removed',
    'removed',
    {
      customer,
      record: {
        ...blankRecord({ removal: removal && { ...removal, finishedAt: at } }),
        preferences: whole.preferences,
      },
    },
  ],
];

const nameOf = (title: string): string => title.replace('…', '');
const titleOf = (command: string): string => {
  const title = contributes.commands.find((each) => each.command === command)?.title ?? '';
  return nameOf(shown(title));
};
const itemsOf = (menu: string, context: Record<string, string | boolean>) =>
  (contributes.menus[menu] ?? []).filter(({ when }) => holds(when, context));

/** What the conditions of package.json are asked of: the customer's row, and the palette of a window with this customer alone. */
function conditionsOf(read: ReadFiles) {
  const { file } = stateWith();
  const listed = {
    seen: undefined,
    ...read,
    file,
    preferencesFile: undefined,
    portal: '',
    trouble: undefined,
  };
  const keys = customerKeys([listed], now).map(([key, value]) => [`taExchange.${key}`, value]);
  return {
    row: { view: 'taExchange.customers', viewItem: flagsOf(listed, standingOf(read, now)) },
    context: Object.fromEntries(keys),
  };
}

/** As the page's bar, the row's menu and the palette name it. */
function named(read: ReadFiles): { page: string; bar: string; tree: string; palette: boolean } {
  const { customer, record, seen } = read;
  const facts = {
    ...savedFacts,
    practice: { running: record?.kind === 'practice', problems: [] },
    state: stateWith({ customer, record, seen }),
    now,
  };
  const page = nextMove(facts).label;
  const { now: at, stages } = pageView(facts);
  const stage = stages.find(({ name }) => name === at);
  const next = stage?.bar.presses.find(({ primary }) => primary)?.label;
  const { row, context } = conditionsOf(read);
  const [first] = itemsOf('view/item/context', row).filter(({ group }) => !group?.startsWith('inline'));
  // A set-up goes on by the command that begins one.
  const inPalette = nameOf(page) === 'Resume Set-Up' ? 'Set Up Customer' : nameOf(page);
  const palette = contributes.commands
    .filter(({ command }) => titleOf(command) === inPalette)
    .flatMap(
      ({ command }) => contributes.menus.commandPalette?.filter((item) => item.command === command) ?? [],
    )
    .every(({ when }) => holds(when, context));
  // The first stage goes on by its own answers, and the form sends by its own button.
  const bar = stage?.form || at === 'customer' ? page : (next ?? '');
  return { page: nameOf(page), bar: nameOf(bar), tree: titleOf(first?.command ?? ''), palette };
}

test.each(known)('of a customer %s page, list and palette name the same next move', (_, status, read) => {
  expect(standingOf(read, now).status).toBe(status);
  const { page, bar, tree, palette } = named(read);
  expect([tree, bar]).toEqual([page, page]);
  // A file that cannot be read is opened from its row.
  if (status !== 'unreadable') expect(palette).toBe(true);
});

/** The standings in which row, submenus or palette offer a command. */
function offering(command: string): Status[] {
  const menus = ['view/item/context', ...contributes.submenus.map(({ id }) => id)];
  const found = known.filter(([, , read]) => {
    const { row, context } = conditionsOf(read);
    const items = [...menus.flatMap((menu) => itemsOf(menu, row)), ...itemsOf('commandPalette', context)];
    return items.some((item) => item.command === `taExchange.${command}`);
  });
  return [...new Set(found.map(([, status]) => status))];
}

test('what cannot be done for a customer is offered neither on its row nor in the palette', () => {
  expect(offering('finishRenewal').sort()).toEqual(['renewal overdue', 'renewing']);
  expect(offering('createMailboxScopeScript')).toEqual(['waiting for Exchange']);
  expect(offering('proveMailboxScope')).toEqual(['waiting for Exchange']);
  for (const command of ['openVerificationForm', 'exportPreferences', 'renewSecret', 'keepSecretInVault'])
    expect(offering(command), command).not.toContain('removed');
});

test('a check in the terminal tells the same move, where the files tell it', () => {
  const told = known.flatMap(([name, , { customer, record }]) => {
    if (!customer || !record) return [];
    const [finding] = setUpFindings({ customer, record }, now);
    const move = finding && mendedBy[finding.code as keyof typeof mendedBy];
    return move ? [[name, move, standingOf({ customer, record }, now).move]] : [];
  });
  expect(told.length).toBe(3);
  for (const [name, move, wanted] of told) expect([name, move]).toEqual([name, wanted]);
});

test.each([
  ['TA-WAITING-FOR-EXCHANGE', 'waiting for Exchange'],
  ['secret-expiring', 'expiring'],
  ['AADSTS7000222', 'expired'],
  ['renewal', 'renewal overdue'],
] as const)('what mends the finding %s of a check is the move of a customer that is %s', (code, status) => {
  const [, , read] =
    known.findLast(([name, each]) => each === status && !/half-way|administrator/.test(name)) ?? [];
  expect(read && standingOf(read, now).move).toBe(mendedBy[code]);
});

test('every standing is among them', () => {
  expect(new Set(known.map(([, status]) => status))).toEqual(new Set(statuses));
});
