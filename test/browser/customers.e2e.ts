import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { setUpRecord } from '../support/set-up-record.ts';
import { runCommand } from '../vscode/palette.ts';
import { quickInput } from '../vscode/quick-input.ts';
import { expandRow, openViewContainer, treeRow } from '../vscode/tree.ts';
import { openVscode, type VscodeWindow } from '../vscode/vscode-window.ts';

const folder = mkdtempSync(join(tmpdir(), 'ta-view-'));
let open: VscodeWindow | undefined;

beforeAll(() => {
  const write = (name: string, content: unknown) =>
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  write('acme.ta-customer', { ...contosoCustomer, name: 'Acme' });
  write('acme.ta-record', setUpRecord('2020-01-01T00:00:00Z', { kind: 'production' }));
  write('contoso.ta-customer', contosoCustomer);
  write('ready.ta-customer', { ...contosoCustomer, name: 'Ready Ltd' });
  write('ready.ta-record', setUpRecord('2099-01-01T00:00:00Z'));
});
afterEach(async () => {
  await open?.close();
  open = undefined;
});
afterAll(() => rmSync(folder, { recursive: true }));

async function openView(options: Parameters<typeof openVscode>[0]) {
  open = await openVscode(options);
  await openViewContainer(open.page, 'T&A Exchange');
  return open.page;
}

test('the view shows each customer with its state, its steps below it, and a badge for those that need action', async () => {
  const page = await openView({ open: folder });
  await treeRow(page, 'Acme, Secret expired, contoso.com').waitFor();
  await treeRow(page, 'Contoso Ltd, Not set up, contoso.com').waitFor();
  await treeRow(page, /^Ready Ltd, PRACTICE, Ready, contoso\.com, \d+ days left/).waitFor();
  await expandRow(page, 'Acme');
  await treeRow(page, 'App registration, Done, 5b0c1d5e-0000-4000-8000-000000000002').waitFor();
  await treeRow(page, /^Client secret, Expired/).waitFor();
  await page.locator('.activitybar [aria-label*="2 customers need action"]').first().waitFor();
});

test('a filter without a match says so and offers another', async () => {
  const page = await openView({ open: folder });
  const input = quickInput(page);
  const sidebar = page.locator('.part.sidebar');
  await treeRow(page, /^Acme/).waitFor();
  await sidebar.getByRole('toolbar').getByRole('button', { name: 'Filter Customers…' }).first().click();
  await input.enter('nothing like it');
  await sidebar.getByText('No customer matches the filter.').waitFor();
  await sidebar.getByRole('button', { name: 'Change Filter' }).click();
  await input.enter('acme');
  await treeRow(page, /^Acme/).waitFor();
  expect(await sidebar.getByRole('treeitem').count()).toBe(1);
});

test('without a customer the view offers the set-up, the practice tenant and the walkthrough', async () => {
  const page = await openView({});
  const sidebar = page.locator('.part.sidebar');
  await sidebar.getByRole('button', { name: 'Set Up Customer' }).waitFor();
  await sidebar.getByText('Nobody is signed in.').waitFor();
  await sidebar.getByRole('link', { name: 'Start the practice tenant' }).click();
  const input = quickInput(page);
  await input.box.waitFor({ state: 'visible' });
  await input.accept();
  const item = page.locator('.part.statusbar .statusbar-item', { hasText: 'PRACTICE' });
  await item.waitFor();
  expect(await item.getAttribute('class')).toContain('warning-kind');
});

test('the walkthrough opens, and its first step is ticked once a practice tenant has run', async () => {
  open = await openVscode({});
  const { page } = open;
  await runCommand(page, 'T&A Exchange: Start Practice Tenant');
  const input = quickInput(page);
  await input.title('');
  await input.accept();
  await page.locator('.part.statusbar .statusbar-item', { hasText: 'PRACTICE' }).waitFor();
  await runCommand(page, 'T&A Exchange: Open Walkthrough');
  const steps = page.locator('.getting-started-step');
  await steps.first().waitFor();
  expect(await steps.count()).toBe(6);
  await page
    .locator('.getting-started-step', { hasText: 'Practice Tenant' })
    .locator('.codicon.complete')
    .waitFor();
  expect(await page.locator('.getting-started-step .codicon.complete').count()).toBe(1);
});

test('in Restricted Mode no customer file is read, and the view says why', async () => {
  const page = await openView({
    open: folder,
    settings: {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
    },
  });
  const sidebar = page.locator('.part.sidebar');
  await sidebar.getByText('Restricted Mode').waitFor();
  await sidebar.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
  expect(await sidebar.getByRole('treeitem').count()).toBe(0);
});
