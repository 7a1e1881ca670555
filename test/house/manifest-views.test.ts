import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contributes, holds, type MenuItem, shown } from '../support/manifest.ts';
import { sourceFiles } from '../support/source-imports.ts';

const { viewsContainers, views, viewsWelcome, menus, walkthroughs } = contributes;
const onRows: readonly MenuItem[] = menus['view/item/context'] ?? [];
const file = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('there is one view container with one view, each with an icon and a title', () => {
  expect(viewsContainers.activitybar.map(({ id }) => id)).toEqual(Object.keys(views));
  const [view, ...more] = Object.values(views).flat();
  expect(more).toEqual([]);
  expect(view).toMatchObject({ id: 'taExchange.customers', icon: 'media/activity.svg' });
  expect(view?.contextualTitle).toBeDefined();
});

test('the icon in the activity bar is a drawing of 24 by 24 in one colour', () => {
  const svg = file(viewsContainers.activitybar[0]?.icon ?? '');
  expect(svg).toContain('width="24" height="24" viewBox="0 0 24 24"');
  const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour);
  expect(new Set(colours)).toEqual(new Set(['none', '#000']));
});

test('the empty view speaks for no customer, a practice tenant without one, a restricted workspace and a filter', () => {
  const conditions = viewsWelcome.map(({ when }) => when);
  expect(conditions).toEqual([
    'isWorkspaceTrusted && !taExchange.hasCustomers && !taExchange.practice',
    'isWorkspaceTrusted && !taExchange.hasCustomers && taExchange.practice',
    '!isWorkspaceTrusted',
    'isWorkspaceTrusted && taExchange.hasCustomers && taExchange.filtered',
  ]);
});

test('the empty view has one button in each state', () => {
  const buttons = viewsWelcome.map(
    ({ contents }) =>
      shown(contents)
        .split('\n')
        .filter((line) => /^\[[^\]]+\]\(command:[^)]+\)$/.test(line)).length,
  );
  expect(buttons).toEqual([1, 1, 1, 1]);
});

test('every entry on a row tests the view and a flag of ours', () => {
  const loose = onRows.filter(
    ({ when }) => !/^view == taExchange\.customers && viewItem =~ \/\^ta/.test(when ?? ''),
  );
  expect(loose).toEqual([]);
});

/** The context values that rows have, from `customer-item.ts` and `detail-items.ts`. */
const rows = [
  'taCustomer',
  'taCustomer,readable,new,next-set-up',
  'taCustomer,readable,next-resume',
  'taCustomer,readable,practice,clientId,next-resume',
  'taCustomer,readable,clientId,next-ask',
  'taCustomer,readable,clientId,next-hand-over',
  'taCustomer,readable,clientId,preferences,next-hand-over',
  'taCustomer,readable,clientId,preferences,next-send-test-email',
  'taCustomer,readable,scoped,clientId,preferences,next-prove-scope',
  'taCustomer,readable,scoped,clientId,preferences,next-hand-over',
  'taCustomer,readable,clientId,preferences,next-check',
  'taCustomer,readable,clientId,preferences,next-renew',
  'taCustomer,readable,practice,renewal,clientId,preferences,next-finish-renewal',
  'taCustomer,readable,renewal,clientId,preferences,next-check',
  'taCustomer,readable,clientId,preferences,next-remove',
  'taTenant,signedIn',
  'taTenant,signedOut',
  'taStep,registration,clientId',
  'taStep,secret',
  'taStep,secret,renewable',
  'taTrouble',
];

const entries = (menu: string, row: string): MenuItem[] =>
  (menus[menu] ?? []).filter(({ when }) => holds(when, { view: 'taExchange.customers', viewItem: row }));

function offered(row: string, inline: boolean): string[] {
  return entries('view/item/context', row)
    .filter(({ group }) => group?.startsWith('inline') === inline)
    .map(({ command, submenu = command }) => submenu.replace('taExchange.', ''));
}

test('a row has one icon at most, so that its state is not cut off, and it is what fits', () => {
  const icons = Object.fromEntries(rows.map((row) => [row, offered(row, true)]));
  expect(icons).toMatchObject({
    taCustomer: [],
    'taCustomer,readable,new,next-set-up': ['setUpCustomer'],
    'taCustomer,readable,next-resume': ['resumeSetUp'],
    'taCustomer,readable,practice,clientId,next-resume': ['resumeSetUp'],
    'taCustomer,readable,clientId,next-ask': [],
    'taTenant,signedIn': ['signOut'],
    'taTenant,signedOut': ['signIn'],
    'taStep,registration,clientId': ['copyClientId'],
    'taStep,secret': [],
    taTrouble: [],
  });
  for (const row of rows.filter((each) => each.includes(',preferences')))
    expect(icons[row], row).toEqual(['openVerificationForm']);
});

const levels = ['view/item/context', ...contributes.submenus.map(({ id }) => id)];

test('the menu of a row has at most eight entries on each level, in each state of a customer', () => {
  const long = rows.flatMap((row) =>
    levels
      .map((level) => ({
        row,
        level,
        entries: entries(level, row).filter(({ group }) => !group?.startsWith('inline')),
      }))
      .filter(({ entries }) => entries.length > 8),
  );
  expect(long).toEqual([]);
});

test.each([true, false])(
  'so has the menu of the view, with the practice tenant running: %s',
  (practising) => {
    const hidden = practising ? '!taExchange.practice' : '&& taExchange.practice';
    const shown = contributes.menus['view/title']?.filter(
      ({ group, when }) => !group?.startsWith('navigation') && !when?.includes(hidden),
    );
    expect(shown?.length).toBeLessThanOrEqual(8);
  },
);

test('a customer has the next step on top, then what one does with it, then three menus', () => {
  const menuOf = (row: string) =>
    entries('view/item/context', row).filter(({ group }) => !group?.startsWith('inline'));
  const submenus = contributes.submenus.map(({ id }) => id);
  for (const row of rows.filter((each) => each.startsWith('taCustomer,'))) {
    const menu = menuOf(row);
    expect(menu.flatMap(({ submenu }) => submenu ?? [])).toEqual(submenus);
    const next = menu.filter(({ group }) => group?.startsWith('1_next'));
    expect(next.length, row).toBe(1);
    expect(menu[0], row).toBe(next[0]);
    const ways = levels.flatMap((level) => entries(level, row)).map(({ command }) => command);
    const inMenus = ways.filter(
      (command) => command !== '' && !offered(row, true).includes(command.slice(11)),
    );
    expect(inMenus.length, row).toBe(new Set(inMenus).size);
  }
  expect(offered('taCustomer,readable,clientId,preferences,next-hand-over', false).slice(0, 4)).toEqual([
    'handOver',
    'openVerificationForm',
    'exportPreferences',
    'checkCustomer',
  ]);
});

test('while a renewal is open its end is in the menu, also where something else comes first', () => {
  for (const row of rows.filter((each) => each.includes(',renewal,'))) {
    const all = levels.flatMap((level) => entries(level, row)).map(({ command }) => command);
    expect(all, row).toContain('taExchange.finishRenewal');
  }
});

test('the row of a client secret that is here offers its renewal', () => {
  expect(offered('taStep,secret', false)).toEqual([]);
  expect(offered('taStep,secret,renewable', false)).toEqual(['renewSecret']);
});

test('every command on a customer is in its menu for some state', () => {
  const somewhere = rows
    .flatMap((row) => levels.flatMap((level) => entries(level, row)))
    .map(({ command }) => command);
  for (const { command } of levels.flatMap((level) => menus[level] ?? []))
    expect(somewhere).toContain(command);
});

test('a customer whose file cannot be read can still be opened and forgotten', () => {
  expect(offered('taCustomer', false)).toEqual(['openCustomerFile', 'forgetCustomer']);
});

test('there is one walkthrough of four steps, each with a verb, a button, and pictures light and dark', () => {
  const [walkthrough, ...more] = walkthroughs;
  expect(more).toEqual([]);
  expect(walkthrough?.steps.map(({ id }) => id)).toEqual(['practice', 'setUp', 'verify', 'realCustomer']);
  for (const { description, media } of walkthrough?.steps ?? []) {
    expect(shown(description)).toMatch(/^\[[^\]]+\]\(command:taExchange\.\w+\)$/m);
    for (const image of Object.values(media.image)) expect(existsSync(image), image).toBe(true);
    expect(media.image.light).not.toBe(media.image.dark);
    expect(shown(media.altText).length).toBeGreaterThan(20);
  }
});

test('a step of the walkthrough is ticked when it is really done, not when its command was run', () => {
  const code = sourceFiles('src/extension')
    .map(({ text }) => text)
    .join('\n');
  for (const { id, completionEvents } of walkthroughs[0]?.steps ?? []) {
    expect(completionEvents).toEqual([`onContext:taExchange.done.${id}`]);
    expect(code).toMatch(new RegExp(`reached\\([\\w.]+, '${id}'\\)`));
  }
});

test('the walkthrough can be read without a folder, a sign-in or a network', () => {
  const texts = [...(walkthroughs[0]?.steps ?? [])].flatMap(({ when, description }) => [
    when ?? '',
    shown(description),
  ]);
  expect(texts.filter((text) => /workspaceFolder|href="http|!\[/.test(text))).toEqual([]);
  expect(walkthroughs[0]?.steps.filter(({ when }) => when !== undefined)).toEqual([]);
});

test('every context key that a condition asks for is one that the extension sets', () => {
  const asked = [
    ...JSON.stringify(contributes).matchAll(/!?taExchange\.(has\w+|filtered|practice|signedIn|done\.\w+)/g),
  ];
  const known = file('src/extension/shell/context-keys.ts');
  for (const [, key = ''] of asked) expect(known).toContain(`'${key.replace('done.', '')}'`);
  expect(asked.length).toBeGreaterThan(10);
});
