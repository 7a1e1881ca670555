import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contributes, holds, type MenuItem, manifest, nls, shown, textsIn } from '../support/manifest.ts';

const { commands, menus } = contributes;
const ids = commands.map(({ command }) => command);
const whereItems = (...names: string[]): MenuItem[] => names.flatMap((name) => menus[name] ?? []);
const hidden = whereItems('commandPalette')
  .filter(({ when }) => when === 'false')
  .map(({ command }) => command);

/** Small words that a title in Title Case leaves small. */
const small = ['as', 'for', 'from', 'of', 'in', 'the', 'a'];

test('every command has the one category, which its title does not repeat', () => {
  expect(new Set(commands.map(({ category }) => category))).toEqual(new Set(['%category%']));
  expect(commands.filter(({ title }) => shown(title).includes(shown('%category%')))).toEqual([]);
});

test('every command title is in Title Case, without emoji and without a period', () => {
  const odd = commands
    .map(({ title }) => shown(title))
    .filter((title) => {
      const plain = /^[A-Za-z][A-Za-z' -]*…?$/.test(title);
      return !plain || title.split(/[ -]/).some((word) => !small.includes(word) && !/^[A-Z]/.test(word));
    });
  expect(odd).toEqual([]);
});

test('every text that a user sees in package.json is a key of package.nls.json, and none is left over', () => {
  const used = textsIn(manifest).flatMap(([, text]) => /^%(.+)%$/.exec(text)?.[1] ?? []);
  expect([...new Set(used)].sort()).toEqual(Object.keys(nls).sort());
  const places = /\/(title|label|category|name|contextualTitle|contents|markdownDescription|altText)$/;
  const bare = textsIn(contributes).filter(([path, text]) => places.test(path) && !/^%.+%$/.test(text));
  expect(bare).toEqual([]);
});

test('commands of the tree alone are hidden from the palette, all others are in it', () => {
  expect(hidden.sort()).toEqual(
    ['copyClientId', 'filterCustomers', 'openCustomerFile', 'refreshCustomers', 'resumeSetUp'].map(
      (name) => `taExchange.${name}`,
    ),
  );
});

/** Titles that the palette lists, as a person sees them. */
const listed = (context: Record<string, boolean>): string[] =>
  commands
    .filter(({ enablement }) => holds(enablement, { isWorkspaceTrusted: true, ...context }))
    .filter(({ command }) =>
      whereItems('commandPalette')
        .filter((item) => item.command === command)
        .every(({ when }) => holds(when, context)),
    )
    .map(({ title }) => shown(title));

test('in a new window the palette lists what can be done there, and nothing else', () => {
  expect(listed({})).toEqual([
    'New Customer…',
    'Set Up Customer…',
    'Set Up from Saved Plan…',
    'Adopt a Registration…',
    'Start Practice Tenant',
    'Open Practice Tenant',
    'Rehearse a Problem…',
    'Open Walkthrough',
    'Show Log',
    'Copy Support Info',
    'Remove All Data…',
  ]);
});

test('the palette lists a command from the moment on at which it can do something', () => {
  const whole = {
    hasCustomers: true,
    hasApplication: true,
    hasPreferences: true,
    signedIn: true,
    practice: true,
  };
  const keys = Object.keys(whole);
  const contexts = keys.map((_, count) =>
    Object.fromEntries(keys.slice(0, count + 1).map((key) => [`taExchange.${key}`, true])),
  );
  const counts = [{}, ...contexts].map((context) => listed(context).length);
  expect(counts).toEqual(counts.toSorted((one, other) => one - other));
  expect(listed(contexts[0] ?? {})).not.toContain('Export Preferences…');
  expect(listed(contexts.at(-1) ?? {})).toContain('Export Preferences…');
});

test('what cannot be done now is disabled by enablement, what does not apply is hidden by when', () => {
  const enablement = Object.fromEntries(commands.map((one) => [one.command, one.enablement]));
  expect(enablement['taExchange.signOut']).toBe('taExchange.signedIn');
  expect(enablement['taExchange.stopPracticeTenant']).toBe('taExchange.practice');
  const always = ids.filter((id) => enablement[id] === undefined);
  expect(always.sort()).toEqual(
    [
      'copyClientId',
      'copySupportInfo',
      'newCustomer',
      'openPracticeTenant',
      'openWalkthrough',
      'rehearseProblem',
      'removeAllData',
      'setUpCustomer',
      'showLog',
      'startPracticeTenant',
    ].map((name) => `taExchange.${name}`),
  );
  const items = whereItems('view/title', 'view/item/context', 'explorer/context', 'editor/title');
  expect(items.filter(({ when }) => when === undefined)).toEqual([]);
});

test('package.json and the code know the same commands', () => {
  const table = readFileSync('src/extension/commands/table.ts', 'utf8').matchAll(/^export \{([^}]*)\}/gm);
  const start = readFileSync('src/extension/start.ts', 'utf8');
  const [, others = ''] = /const \{ ([^}]*), \.\.\.table \}/.exec(start) ?? [];
  const view = readFileSync('src/extension/customers/tree/customers-view.ts', 'utf8');
  const [, ofView = ''] = /commands: \{\n(.*?)\n {4}\}/s.exec(view) ?? [];
  const names = [...table].flatMap(([, list = '']) => list.match(/\w+/g) ?? []);
  const commands = [
    ...names.filter((name) => !others.split(', ').includes(name)),
    ...[...ofView.matchAll(/^ {6}(\w+):/gm)].map(([, name]) => name),
  ];
  expect(commands.map((name) => `taExchange.${name}`).sort()).toEqual([...ids].sort());
});

test('every menu entry names a contributed command', () => {
  const strange = whereItems(...Object.keys(menus)).filter(
    ({ command, submenu }) => submenu === undefined && !ids.includes(command),
  );
  expect(strange).toEqual([]);
});

test('no key is bound', () => {
  expect(manifest.contributes.keybindings).toBeUndefined();
});

test('the explorer and the editor offer commands on customer files alone, at most three and one', () => {
  const inExplorer = whereItems('explorer/context');
  const inEditor = whereItems('editor/title');
  expect(inExplorer.length).toBeLessThanOrEqual(3);
  expect(inEditor.length).toBeLessThanOrEqual(1);
  for (const { when, group } of [...inExplorer, ...inEditor]) {
    expect(when).toContain('resourceFilename =~ /\\.ta-customer\\.json$/');
    expect(group).toBeDefined();
  }
});
