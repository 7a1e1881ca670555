import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { slug } from '../../src/core/customer/file-names.ts';
import { Preferences } from '../../src/core/preferences/preferences.ts';
import { type LocalPages, startLocalPages } from '../vscode/local-pages.ts';
import { runCommand } from '../vscode/palette.ts';
import { expandRow, openViewContainer, treeRow } from '../vscode/tree.ts';
import { openVscode, type VscodeWindow } from '../vscode/vscode-window.ts';
import {
  countDeeds,
  type Deeds,
  expectFewDeeds,
  newTab,
  patient,
  pressWalkthrough,
  untilPractice,
} from './newcomer.ts';
import { takePicture } from './picture.ts';
import { answerThree, setUpPage, signInWithCode, tabTo, untilStage } from './set-up-story.ts';

// One story from top to bottom, by keyboard alone: who has just installed the extension gets to a received email in the
// practice tenant. All typing goes to wherever the focus is.

const home = mkdtempSync(join(tmpdir(), 'ta-newcomer-'));
const folder = join(home, 'customers');
let pages: LocalPages;
let vscode: VscodeWindow;
let tenantPage: Page;
let deeds: Deeds;
let startedAt: number;

beforeAll(async () => {
  mkdirSync(folder);
  pages = await startLocalPages();
  vscode = await openVscode({
    open: folder,
    env: pages.env,
    context: { permissions: ['clipboard-read', 'clipboard-write'], colorScheme: 'dark' },
  });
  await openViewContainer(vscode.page, 'T&A Exchange');
  deeds = await countDeeds(vscode.page);
  startedAt = Date.now();
});
afterAll(async () => {
  await vscode?.close();
  pages?.close();
  rmSync(home, { recursive: true });
});

const file = (kind: string) => join(folder, `${slug('Contoso Ltd')}.ta-${kind}.json`);

test('the walkthrough starts the practice tenant', async () => {
  const { page } = vscode;
  await runCommand(page, 'T&A Exchange: Open Walkthrough');
  await pressWalkthrough(page, 'Start the Practice Tenant', 'Start Practice Tenant');
  await untilPractice(page);
});

test('the page has the focus in its first field, and three answers and Enter lead to the sign-in', async () => {
  const { page } = vscode;
  await pressWalkthrough(page, 'Set Up a Customer in It', 'New Customer');
  await answerThree(page, ['Contoso Ltd', 'contoso.com', 'ta@contoso.com']);
  await (await untilStage(page, 'Customer')).getByText('Found in Microsoft 365 worldwide').waitFor(patient);
  await takePicture(page, 'vscode-set-up');
  await page.keyboard.press('Enter');
  await untilStage(page, 'Sign in');
  await takePicture(page, 'vscode-sign-in', { height: 420 });
});

test('the admin signs in on the login page, and the plan is there to be read before anything is changed', async () => {
  const { page } = vscode;
  await signInWithCode(page, 'Grace Admin', { byKey: true });
  const frame = await untilStage(page, 'Check and plan');
  await frame.getByRole('button', { name: 'Make 4 Changes in Contoso' }).waitFor(patient);
  await frame.getByRole('row', { name: /^Where Contoso \(contoso\.com\), tenant ID/ }).waitFor();
  await frame.getByText('Mail.ReadWrite: T&A writes every email as a draft first').waitFor();
  await takePicture(page, 'vscode-plan');
});

test('agreed to, the changes are made and proved, and the page goes on to the test email', async () => {
  const { page } = vscode;
  const frame = await setUpPage(page);
  await frame.locator('h2').focus();
  await tabTo(page, frame, 'Make 4 Changes in Contoso');
  await page.keyboard.press('Enter');
  await untilStage(page, 'Test email');
  expect(statSync(file('email')).mode & 0o777).toBe(0o600);
  const { component, connection, apiEndpoints } = Preferences.parse(
    JSON.parse(readFileSync(file('email'), 'utf8')),
  );
  expect([component, connection.fromEmailAddress]).toEqual(['EXCH', 'ta@contoso.com']);
  expect(apiEndpoints.graphApiEndpoint).toBe('https://graph.microsoft.com/v1.0');
});

test('a test email goes to the proposed recipient, and arrives: few answers, few decisions, in three minutes', async () => {
  const { page } = vscode;
  const frame = await untilStage(page, 'Test email');
  await expect
    .poll(() => frame.getByRole('textbox', { name: 'To', exact: true }).inputValue(), patient)
    .toBe('robin@contoso.com');
  await tabTo(page, frame, 'Add a 5 MB Test File');
  await page.keyboard.press('Enter');
  await frame.getByText('5 MB in all').waitFor(patient);
  await tabTo(page, frame, 'Send');
  await page.keyboard.press('Enter');
  await frame.getByRole('heading', { name: 'The email arrived' }).waitFor(patient);
  expectFewDeeds(deeds, startedAt);
  // The list learns of it a moment after the page.
  await treeRow(page, /^Contoso Ltd, PRACTICE, Ready/).waitFor(patient);
  await frame.locator('#exchange-title').evaluate((heading) => heading.scrollIntoView());
  await takePicture(page, 'vscode-form');
  await tabTo(page, frame, 'Show Mailbox');
  tenantPage = await newTab(page.context(), () => page.keyboard.press('Enter'));
  await tenantPage.getByRole('heading', { name: 'Mailboxes' }).waitFor(patient);
  await page.bringToFront();
  await tabTo(page, frame, 'Hand Over…');
  await page.keyboard.press('Enter');
  await untilStage(page, 'Hand over');
});

test('the tree shows the customer, each step done, and the days that the secret has left', async () => {
  const { page } = vscode;
  await treeRow(page, /^Contoso Ltd, .*Ready/).waitFor(patient);
  await expandRow(page, /^Contoso Ltd, .*Ready/);
  for (const step of ['App registration', 'Graph permissions', 'Client secret', 'Email preferences'])
    await treeRow(page, new RegExp(`^${step}, Done`)).waitFor(patient);
});

test("the practice tenant's page shows the mail in the mailbox", async () => {
  await tenantPage.bringToFront();
  const robin = tenantPage.locator('details', { hasText: 'robin@contoso.com' }).first();
  const mail = robin.locator('details').first();
  await mail.getByText('ta@contoso.com').first().waitFor();
  expect(await mail.innerText()).toMatch(/T&A test email \[TA-.+\][\s\S]*5,242,880 bytes/);
  await tenantPage
    .getByRole('heading', { name: 'Mailboxes' })
    .evaluate((heading) => heading.scrollIntoView());
  await takePicture(tenantPage, 'vscode-practice-mail', { height: 420 });
  expect(vscode.outside).toEqual([]);
});
