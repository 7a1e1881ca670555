import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { slug } from '../../src/core/customer/file-names.ts';
import { Preferences } from '../../src/core/preferences/preferences.ts';
import { type LocalPages, startLocalPages } from '../vscode/local-pages.ts';
import { notification } from '../vscode/notifications.ts';
import { runCommand } from '../vscode/palette.ts';
import { quickInput } from '../vscode/quick-input.ts';
import { expandRow, openViewContainer, treeRow } from '../vscode/tree.ts';
import { openVscode, type VscodeWindow } from '../vscode/vscode-window.ts';
import { webviewFrame } from '../vscode/webview-frame.ts';
import {
  answerWizard,
  patient,
  pressRowAction,
  pressWalkthrough,
  signInOnPage,
  startPractice,
  untilKept,
} from './newcomer.ts';
import { takePicture, widenSideBar } from './picture.ts';

// One story from top to bottom: who has just installed the extension gets to a received mail in the practice tenant.

const home = mkdtempSync(join(tmpdir(), 'ta-newcomer-'));
const folder = join(home, 'customers');
let pages: LocalPages;
let vscode: VscodeWindow;
let tenantPage: Page;

beforeAll(async () => {
  mkdirSync(folder);
  pages = await startLocalPages();
  vscode = await openVscode({
    open: folder,
    env: pages.env,
    context: { permissions: ['clipboard-read', 'clipboard-write'], colorScheme: 'dark' },
  });
});
afterAll(async () => {
  await vscode?.close();
  pages?.close();
  rmSync(home, { recursive: true });
});

const file = (kind: string) => join(folder, `${slug('Contoso Ltd')}.ta-${kind}.json`);

test('the walkthrough starts the practice tenant, whose page opens in a tab', async () => {
  const { page } = vscode;
  tenantPage = await startPractice(page, [], () =>
    pressWalkthrough(page, 'Start the Practice Tenant', 'Start Practice Tenant'),
  );
  await vscode.page.bringToFront();
});

test('the wizard asks for everything, one question at a time', async () => {
  const { page } = vscode;
  await openViewContainer(page, 'T&A Exchange');
  await pressWalkthrough(page, 'Set Up a Customer in It', 'Set Up Customer');
  await quickInput(page).box.getByPlaceholder('Which customer?').waitFor(patient);
  await untilKept(page);
  await quickInput(page).pick('Create new…');
  const answers = ['Contoso Ltd', 'contoso.com', undefined, 'ta@contoso.com'];
  await answerWizard(
    page,
    [...answers, undefined, undefined, undefined, undefined, undefined, undefined],
    async (step) => {
      if (step === 8) await takePicture(page, 'vscode-wizard', { height: 420 });
    },
  );
});

test('the admin signs in on the login page; the plan stays to be read when the question is put off', async () => {
  await signInOnPage(vscode.page, 'Grace Admin', 'You are signed in', () =>
    takePicture(vscode.page, 'vscode-sign-in', { height: 420 }),
  );
  await vscode.page.bringToFront();
  const question = await askedToChange();
  expect(await question.innerText()).toMatch(/Tenant: Contoso \(contoso\.com\)[\s\S]*Admin: Grace Admin/);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await notification(vscode.page, 'Nothing was changed in the tenant.');
  const plan = await webviewFrame(vscode.page, 'h1:has-text("Plan for Contoso Ltd")', patient.timeout);
  await plan.getByText('PRACTICE: nothing outside this machine is touched.').waitFor();
  await plan.getByText('Mail.ReadWrite: T&A writes every mail as a draft first').waitFor();
  await takePicture(vscode.page, 'vscode-plan');
});

test('agreed to, the changes are made without another sign-in', async () => {
  const { page } = vscode;
  await pressRowAction(page, /^Contoso Ltd, Not set up/, 'Set Up Customer…');
  await (await askedToChange()).getByRole('button', { name: 'Make Changes' }).click();
  await notification(page, /\d of 5: /);
});

test('the form opens when the preferences are written for the person alone and proved', async () => {
  const frame = await form();
  await frame.getByText('Sent from ta@contoso.com, tenant contoso.com').waitFor(patient);
  expect(statSync(file('email')).mode & 0o777).toBe(0o600);
  const { component, connection, apiEndpoints } = Preferences.parse(
    JSON.parse(readFileSync(file('email'), 'utf8')),
  );
  expect([component, connection.fromEmailAddress]).toEqual(['EXCH', 'ta@contoso.com']);
  expect(apiEndpoints.graphApiEndpoint).toBe('https://graph.microsoft.com/v1.0');
});

test('the tree shows the customer, each step done, and the days that the secret has left', async () => {
  const { page } = vscode;
  await widenSideBar(page);
  await expandRow(page, /^Contoso Ltd, PRACTICE, Not verified, contoso\.com, 180 days left/);
  for (const step of [
    'App registration',
    'Graph permissions',
    'Client secret',
    'Email preferences',
    'Token check',
  ])
    await treeRow(page, new RegExp(`^${step}, Done`)).waitFor(patient);
  await treeRow(page, /^Test email, Next/).waitFor();
  await takePicture(page, 'vscode-tree', { height: 420 });
});

test('a mail with a 5 MB file is sent from the form, and arrives', async () => {
  const frame = await form();
  await frame.getByRole('textbox', { name: 'To', exact: true }).fill('robin@contoso.com');
  await frame.getByRole('button', { name: 'Add a 5 MB Test File' }).click();
  await frame.getByText('5 MB in all').waitFor(patient);
  await frame.getByRole('button', { name: 'Send' }).click();
  await frame.getByRole('heading', { name: 'The email arrived' }).waitFor(patient);
  await treeRow(vscode.page, /^Contoso Ltd, PRACTICE, Ready/).waitFor(patient);
  await runCommand(vscode.page, 'View: Toggle Primary Side Bar Visibility');
  await frame.locator('#exchange-title').evaluate((heading) => heading.scrollIntoView());
  await takePicture(vscode.page, 'vscode-form');
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

async function askedToChange(): Promise<Locator> {
  const question = vscode.page.locator('.monaco-dialog-box', {
    hasText: 'Make 5 changes in the tenant Contoso?',
  });
  await question.waitFor(patient);
  return question;
}

function form(): Promise<Frame> {
  return webviewFrame(vscode.page, '#form > .page', patient.timeout);
}
