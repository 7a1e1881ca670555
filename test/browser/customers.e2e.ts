import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { makeNamedPipe } from '../support/named-pipe.ts';
import { preferencesWith } from '../support/preferences.ts';
import { setUpRecord } from '../support/set-up-record.ts';
import { runCommand } from '../vscode/palette.ts';
import { isOldest } from '../vscode/places.ts';
import { quickInput, takeFocusFrom } from '../vscode/quick-input.ts';
import { expandRow, openViewContainer, treeRow } from '../vscode/tree.ts';
import { openVscode, type VscodeWindow } from '../vscode/vscode-window.ts';
import { webviewFrame } from '../vscode/webview-frame.ts';
import { patient } from './newcomer.ts';
import { resizeSideBar, takePicture } from './picture.ts';
import { setUpPage, untilStage } from './set-up-story.ts';

// The Customers view, the status bar and the walkthrough in one window, from top to bottom; other windows for other folders.

const folder = join(mkdtempSync(join(tmpdir(), 'ta-view-')), 'customers');
let main: VscodeWindow;
/** The way to Microsoft, on which nothing comes back. */
const silent = createServer((socket) => socket.on('error', () => undefined));

beforeAll(async () => {
  mkdirSync(folder);
  const write = (name: string, content: unknown) =>
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  write('acme.ta-customer', { ...contosoCustomer, name: 'Acme' });
  write('acme.ta-record', setUpRecord('2020-01-01T00:00:00Z', { kind: 'production' }));
  write('contoso.ta-customer', contosoCustomer);
  write('ready.ta-customer', { ...contosoCustomer, name: 'Ready Ltd' });
  write('ready.ta-record', setUpRecord('2099-01-01T00:00:00Z'));
  write('slow.ta-customer', { ...contosoCustomer, name: 'Slow Ltd' });
  const preferences = { file: 'slow.ta-email.json', keyId: 'key-1', writtenAt: '2026-11-24T10:00:00Z' };
  write('slow.ta-record', setUpRecord('2099-01-01T00:00:00Z', { kind: 'production', preferences }));
  const { connection, ...endpoints } = preferencesWith();
  write('slow.ta-email', {
    ...endpoints,
    connection: { ...connection, clientSecret: 'Xy8Q~01234567890123456789' },
  });
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const { port } = silent.address() as AddressInfo;
  main = await openVscode({ open: folder, env: { HTTPS_PROXY: `http://127.0.0.1:${port}` } });
});
afterAll(async () => {
  await main?.close();
  silent.close();
  rmSync(dirname(folder), { recursive: true });
});

test('the view shows each customer with its state, its steps below it, and a badge for those that need action', async () => {
  const { page } = main;
  await openViewContainer(page, 'T&A Exchange');
  await treeRow(page, 'Acme, Secret expired, contoso.com').waitFor();
  await treeRow(page, 'Contoso Ltd, Not set up, contoso.com').waitFor();
  await treeRow(page, /^Ready Ltd, PRACTICE, Ready, contoso\.com, \d+ days left/).waitFor();
  await expandRow(page, /^Acme/);
  await treeRow(page, 'App registration, Done, 5b0c1d5e-0000-4000-8000-000000000002').waitFor();
  await treeRow(page, /^Client secret, Expired/).waitFor();
  await page.locator('.activitybar [aria-label*="2 customers need action"]').first().waitFor();
  await resizeSideBar(page);
  await takePicture(page, 'vscode-tree', { height: 420 });
});

test('in a narrow side bar neither the name nor the state of a customer is cut off', async () => {
  const { page } = main;
  await resizeSideBar(page, 200);
  await takePicture(page, 'story-narrow-view', { height: 420 });
  for (const [name, icon] of [
    ['Acme', 'error'],
    ['Contoso Ltd', 'circle-large-outline'],
    ['Ready Ltd', 'pass'],
  ]) {
    const row = treeRow(page, new RegExp(`^${name}`));
    await row.locator(`.codicon-${icon}`).waitFor();
    // The name, with the state behind it.
    const over = await row
      .locator('.monaco-icon-label-container')
      .evaluate((label) => label.scrollWidth - label.clientWidth);
    expect(over, name).toBeLessThanOrEqual(0);
  }
  await resizeSideBar(page);
});

test('a check of all is cancelled by key while a tenant is silent: its page says what was checked, and keeps the keyboard', async () => {
  const { page } = main;
  await runCommand(page, 'T&A Exchange: Check All Customers');
  const running = await webviewFrame(page, 'progress');
  await running.getByText('Checking: 2 of 3 so far').waitFor(patient);
  await page.keyboard.press('Tab');
  await running.locator('.stop:focus').waitFor(patient);
  await takePicture(page, 'story-check-running');
  await page.keyboard.press('Enter');
  const ended = await webviewFrame(page, 'main:not(:has(progress)) .tiles');
  await ended
    .getByText('Stopped on request. 2 of 3 customers were checked. What was found is saved.')
    .waitFor(patient);
  expect(await ended.locator('.tiles li').allInnerTexts()).toContainEqual(
    expect.stringMatching(/^2\s+customers/),
  );
  await ended.getByText('Not checked, because they were set up in the practice tenant: 1.').waitFor();
  await expect.poll(() => ended.evaluate(() => document.hasFocus()), patient).toBe(true);
  await takePicture(page, 'story-check-cancelled');
});

test('a filter without a match says so and offers another', async () => {
  const { page } = main;
  const input = quickInput(page);
  const sidebar = page.locator('.part.sidebar');
  await sidebar.getByRole('button', { name: 'Filter Customers…' }).first().click();
  await input.title('Filter Customers');
  await input.enter('nothing like it');
  await sidebar.getByText('No customer matches the filter.').waitFor();
  await sidebar.getByRole('button', { name: 'Change Filter' }).click();
  await input.title('Filter Customers');
  await input.enter('acme');
  await treeRow(page, /^Acme/).waitFor();
  expect(await sidebar.getByRole('treeitem', { name: /^(Contoso|Ready) Ltd/ }).count()).toBe(0);
});

test('while the practice tenant runs the status bar says so in the colour of a warning', async () => {
  const { page } = main;
  await runCommand(page, 'T&A Exchange: Start Practice Tenant');
  const item = page.locator('.part.statusbar .statusbar-item', { hasText: 'PRACTICE' });
  await item.waitFor();
  expect(await item.getAttribute('class')).toContain('warning-kind');
});

test('the walkthrough has ticked what was really done, and nothing else', async () => {
  const { page } = main;
  await runCommand(page, 'T&A Exchange: Open Walkthrough');
  const steps = page.locator('.getting-started-step');
  const done = steps.filter({ has: page.locator('.codicon.complete') });
  await expect.poll(() => done.count(), patient).toBe(4);
  const titles = (await done.locator('.step-title').allInnerTexts()).map((title) => title.trim());
  // The folder has a customer whose email arrived, and a real one whose secret worked.
  expect(titles).toEqual([
    'Start the Practice Tenant',
    'Set Up a Customer in It',
    'Send a Test Email',
    'Set Up a Real Customer',
  ]);
});

test('without a customer the view offers the set-up, the practice tenant and the walkthrough', async () => {
  const { page, close } = await openVscode();
  try {
    await openViewContainer(page, 'T&A Exchange');
    const sidebar = page.locator('.part.sidebar');
    await sidebar.getByRole('button', { name: 'Set Up Customer' }).first().waitFor();
    await sidebar.getByText('open the walkthrough').click();
    await page.locator('.getting-started-step', { hasText: 'Start the Practice Tenant' }).waitFor();
  } finally {
    await close();
  }
});

test('in Restricted Mode no customer file is read; view and page say why, and lead on', async () => {
  const { page, close } = await openVscode({
    open: folder,
    settings: {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
    },
  });
  try {
    await openViewContainer(page, 'T&A Exchange');
    const sidebar = page.locator('.part.sidebar');
    await sidebar.getByText('Restricted Mode').waitFor();
    await sidebar.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    expect(await sidebar.getByRole('treeitem').count()).toBe(0);
    await runCommand(page, 'T&A Exchange: Set Up Customer…');
    const frame = await untilStage(page, 'Customer');
    await frame.getByRole('heading', { name: 'The open folder is in Restricted Mode' }).waitFor();
    await takePicture(page, 'story-restricted-mode');
    await frame.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await page.getByRole('button', { name: 'Trust', exact: true }).first().click();
    await treeRow(page, /^Acme/).waitFor();
    // The page about trust lies over the editors; in the oldest VS Code it is one of them.
    if (isOldest) await page.getByRole('tab', { name: 'New customer' }).click();
    else await page.keyboard.press('Escape');
    const trusted = await untilStage(page, 'Customer');
    await trusted.getByText(folder).first().waitFor({ state: 'attached' });
    expect(await trusted.getByText('Restricted Mode').count()).toBe(0);
  } finally {
    await close();
  }
});

const unread: readonly (readonly [stem: string, reason: string])[] = [
  ['broken', 'Expected a JSON value, found the end of the file.'],
  ['huge', 'Expected a file of at most 1 MB.'],
  ['\ufffdgnp', 'Expected an object.'],
  ['Outside Ltd', 'Names a preferences file outside its own folder: //evil.example/share/x.ta-email.json.'],
];

test('in a folder from elsewhere each file that cannot be read says why in view, page and palette, and none holds them up', async () => {
  const sent = mkdtempSync(join(tmpdir(), 'ta-sent-'));
  const at = (name: string) => join(sent, `${name}.json`);
  const write = (name: string, content: string) => writeFileSync(at(name), content);
  write('broken.ta-customer', '{ "version": 1, "name":');
  write('huge.ta-customer', ' '.repeat(3_000_000));
  write('\u202egnp.ta-customer', '[]');
  makeNamedPipe(at('pipe.ta-customer'));
  symlinkSync('/dev/zero', at('device.ta-customer'));
  write('good.ta-customer', JSON.stringify({ ...contosoCustomer, name: 'Good Ltd' }));
  write('outside.ta-customer', JSON.stringify({ ...contosoCustomer, name: 'Outside Ltd' }));
  const writtenAt = '2026-11-24T10:00:00Z';
  const preferences = { file: '//evil.example/share/x.ta-email.json', keyId: 'key-1', writtenAt };
  write('outside.ta-record', JSON.stringify(setUpRecord('2099-01-01T00:00:00Z', { preferences })));
  const { page, close } = await openVscode({ open: sent });
  try {
    await openViewContainer(page, 'T&A Exchange');
    await treeRow(page, 'Good Ltd, Not set up').waitFor();
    // VS Code finds neither the pipe nor the link to a device.
    expect(await page.locator('.part.sidebar').getByRole('treeitem').count()).toBe(unread.length + 1);
    const shows = async () => {
      const set = (await setUpPage(page)).locator('#page');
      return (await set.innerText().catch(() => '')).replace(/\s+/g, ' ');
    };
    for (const [stem, reason] of unread) {
      await expandRow(page, new RegExp(`^${stem}`));
      await treeRow(page, reason).waitFor();
      await treeRow(page, new RegExp(`^${stem}`)).click();
      const told =
        stem === 'Outside Ltd' ? 'Customer , needs attention' : reason.slice('Expected'.length, -1);
      await expect.poll(shows, { timeout: 60_000 }).toMatch(new RegExp(`${stem} .*${told}`));
    }
    await page.evaluate(takeFocusFrom, 'Which customer?');
    await runCommand(page, 'T&A Exchange: Export Preferences…');
    const input = quickInput(page);
    await input.title('Which customer?');
    expect((await input.rows()).filter((_, index) => index % 2 === 0)).toEqual([
      'broken',
      'Good Ltd',
      'huge',
      'Outside Ltd',
      '\ufffdgnp',
    ]);
    await input.pick('huge');
    await expect.poll(shows, { timeout: 60_000 }).toMatch(/huge .*a file of at most 1 MB/);
  } finally {
    await close();
    rmSync(sent, { recursive: true });
  }
});
