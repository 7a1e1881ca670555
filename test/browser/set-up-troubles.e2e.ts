import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { type LocalPages, startLocalPages } from '../vscode/local-pages.ts';
import { runCommand } from '../vscode/palette.ts';
import { quickInput } from '../vscode/quick-input.ts';
import { openViewContainer } from '../vscode/tree.ts';
import { openVscode, type VscodeWindow } from '../vscode/vscode-window.ts';
import {
  clickWalkthrough,
  countDeeds,
  expectFewDeeds,
  patient,
  startPractice,
  untilPractice,
} from './newcomer.ts';
import { takePicture } from './picture.ts';
import { clickInto, signInWithCode, typeInto, untilStage } from './set-up-story.ts';

// What goes wrong ends on the page, with its way on. By mouse; all typing goes to wherever the focus is.

let pages: LocalPages;
const folders: string[] = [];
beforeAll(async () => {
  pages = await startLocalPages();
});
afterAll(() => {
  pages?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with customers by the names of their files. */
function folderWith(customers: Readonly<Record<string, unknown>> = {}): string {
  const home = mkdtempSync(join(tmpdir(), 'ta-troubles-'));
  folders.push(home);
  const folder = join(home, 'customers');
  mkdirSync(folder);
  for (const [name, content] of Object.entries(customers)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(folder, `${name}.ta-customer.json`), text);
  }
  return folder;
}

async function withVscode(
  open: string | undefined,
  work: (vscode: VscodeWindow) => Promise<void>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const context = { permissions: ['clipboard-read', 'clipboard-write'] };
  const vscode = await openVscode({ ...(open && { open }), env: pages.env, settings, context });
  try {
    await work(vscode);
    expect(vscode.outside).toEqual([]);
  } finally {
    await vscode.close();
  }
}

const fields = ['Customer name', 'Tenant domain', 'Sender address'] as const;

/** Clicks into each field of a new customer's page, and types. */
async function answer(page: Page, answers: Partial<Record<(typeof fields)[number], string>>): Promise<Frame> {
  const frame = await untilStage(page, 'Customer');
  for (const label of fields) await typeInto(page, frame, label, answers[label] ?? '');
  return frame;
}

const press = async (frame: Frame, name: string | RegExp): Promise<void> =>
  await frame.getByRole('button', { name }).first().click(patient);

/** Opens the page of a customer that is in the list. */
async function openCustomer(page: Page, label: string, stage: string): Promise<Frame> {
  await runCommand(page, 'T&A Exchange: Set Up Customer…');
  await quickInput(page).pick(label);
  return await untilStage(page, stage);
}

/** An administrator follows the link of the message, in a tab of their own. */
async function consentTo(context: BrowserContext, link: string, person: string): Promise<void> {
  const tab = await context.newPage();
  await tab.goto(link);
  await tab.getByRole('radio', { name: person }).click();
  await tab.getByRole('button', { name: 'Sign in and accept' }).click();
  // Microsoft answers so where a registration has no reply address; the consent counts.
  await tab.getByText('AADSTS500113').first().waitFor(patient);
  await tab.close();
}

test('by mouse a newcomer with a wrong domain is told the one that would do, and gets to the received email', () =>
  withVscode(folderWith(), async ({ page }) => {
    const deeds = await countDeeds(page);
    const startedAt = Date.now();
    await runCommand(page, 'T&A Exchange: Open Walkthrough');
    await clickWalkthrough(page, 'Start the Practice Tenant', 'Start Practice Tenant');
    await untilPractice(page);
    await clickWalkthrough(page, 'Set Up a Customer in It', 'New Customer');
    const frame = await answer(page, {
      'Customer name': 'Contoso Ltd',
      'Tenant domain': 'fabrikam.com',
      'Sender address': 'ta@contoso.com',
    });
    const refusal = 'The practice tenant has the domain contoso.com and no other.';
    await frame.getByText(refusal).first().waitFor(patient);
    await takePicture(page, 'story-wrong-domain');
    await press(frame, 'Use contoso.com');
    await frame.getByText('Found in Microsoft 365 worldwide').waitFor(patient);
    await press(frame, 'Continue to Sign-In');
    await signInWithCode(page, 'Grace Admin');
    await press(await untilStage(page, 'Check and plan'), /^Make \d Changes in Contoso$/);
    const email = await untilStage(page, 'Test email');
    await press(email, 'Send');
    await email.getByRole('heading', { name: 'The email arrived' }).waitFor(patient);
    expectFewDeeds(deeds, startedAt);
    // What was rehearsed is told apart, and goes on where it was once the tenant is back.
    await runCommand(page, 'T&A Exchange: Stop Practice Tenant');
    const other = 'This customer was set up in the practice tenant, which is not running';
    await email.getByRole('heading', { name: other }).waitFor(patient);
    await takePicture(page, 'story-other-world');
    await email.locator('footer').getByRole('button', { name: 'Start Practice Tenant' }).click(patient);
    await email.getByRole('heading', { name: other }).waitFor({ ...patient, state: 'hidden' });
    await email.getByRole('heading', { name: 'The email arrived' }).waitFor(patient);
  }));

test('one customer waits for a consent with its message, while another one is at its plan', () =>
  withVscode(
    folderWith({ contoso: contosoCustomer, south: { ...contosoCustomer, name: 'South Ltd' } }),
    async ({ page }) => {
      const { origin } = new URL((await startPractice(page)).url());
      await page.bringToFront();
      await press(await openCustomer(page, 'Contoso Ltd', 'Customer'), 'Continue to Sign-In');
      await signInWithCode(page, 'Anton Apps');
      await press(await untilStage(page, 'Check and plan'), /^Make \d Changes in Contoso$/);
      await press(await untilStage(page, 'Changes and proof'), 'Copy Message');
      const copied = () => page.evaluate(() => navigator.clipboard.readText());
      const link = /https:\S+(\/\S+\/adminconsent\?client_id=\S+)/;
      await expect.poll(copied, patient).toMatch(link);
      await takePicture(page, 'vscode-consent');
      // Closed and opened again, it is all there.
      await page.getByRole('tab', { name: /Contoso Ltd/ }).click();
      await page.keyboard.press('ControlOrMeta+F4');
      const waiting = await openCustomer(page, 'Contoso Ltd', 'Changes and proof');
      await consentTo(page.context(), `${origin}${link.exec(await copied())?.[1]}`, 'Grace Admin');
      await page.bringToFront();
      // The set-up may look by itself before the press.
      await Promise.any([press(waiting, 'Check Now'), untilStage(page, 'Test email')]);
      // Who is signed in to the tenant is not asked again for its other customer.
      await press(await openCustomer(page, 'South Ltd', 'Customer'), 'Continue to Sign-In');
      const plan = await untilStage(page, 'Check and plan');
      await plan.getByRole('button', { name: /^Make \d Changes in Contoso$/ }).waitFor(patient);
      await takePicture(page, 'story-two-customers');
    },
  ));

test('a broken file leads to its line, and corrected it goes on; a missing sender blocks, with where to create it, and is corrected in place', () =>
  withVscode(folderWith({ broken: '{', contoso: contosoCustomer }), async ({ page }) => {
    const broken = await openCustomer(page, 'broken', 'Customer');
    await takePicture(page, 'story-broken-file');
    await broken.locator('footer').getByRole('button', { name: 'Open Customer File' }).click(patient);
    await page.getByRole('tab', { name: /broken\.ta-customer\.json/ }).waitFor(patient);
    await startPractice(page, ['Sender does not exist']);
    await page.bringToFront();
    await press(await openCustomer(page, 'Contoso Ltd', 'Customer'), 'Continue to Sign-In');
    await signInWithCode(page, 'Grace Admin');
    const frame = await untilStage(page, 'Check and plan');
    await frame.getByText('Set-up cannot start until the blockers are resolved.').waitFor(patient);
    await takePicture(page, 'story-sender-missing');
    await press(frame, /Customer/);
    await typeInto(page, frame, 'Sender address', 'robin@contoso.com');
    await press(frame, 'Save & Continue');
    const plan = await untilStage(page, 'Check and plan');
    await plan.getByRole('button', { name: /^Make 4 Changes/ }).waitFor(patient);
    const [file, mended] = ['customers/broken.ta-customer.json', { ...contosoCustomer, name: 'Mended Ltd' }];
    writeFileSync(join(folders.at(-1) ?? '', file), JSON.stringify(mended));
    await page.getByRole('tab', { name: 'Mended Ltd' }).click(patient);
    await press(await untilStage(page, 'Customer'), 'Continue to Sign-In');
  }));

test('without a workspace a place is proposed, and another one can be chosen', () =>
  withVscode(undefined, async ({ page }) => {
    await runCommand(page, 'T&A Exchange: Set Up Customer…');
    const frame = await answer(page, { 'Customer name': 'Acme' });
    await frame.locator('summary', { hasText: 'More' }).first().click();
    await frame.getByText('T&A Customers').first().waitFor(patient);
    await takePicture(page, 'story-no-workspace');
    await frame.locator('summary', { hasText: 'Files' }).click();
    await press(frame, 'Choose Folder…');
    await quickInput(page).box.getByRole('button', { name: 'Choose Folder' }).waitFor(patient);
    await page.keyboard.press('Escape');
    await frame.getByText('T&A Customers').first().waitFor(patient);
  }));

test('a folder that no one can write to is told before anything is typed into it, and another one is chosen', () =>
  withVscode(
    undefined,
    async ({ page }) => {
      await runCommand(page, 'T&A Exchange: Set Up Customer…');
      const frame = await answer(page, { 'Customer name': 'Acme' });
      const told = frame.getByRole('heading', { name: 'The files cannot go into' });
      await told.waitFor(patient);
      await takePicture(page, 'story-read-only-folder');
      await press(frame, 'Choose Folder…');
      await quickInput(page).folder(`${folderWith()}/`);
      await told.waitFor({ ...patient, state: 'hidden' });
    },
    { 'taExchange.folder': '/proc' },
  ));

test('a secret that is pasted into a box, or into a field of the page, is refused in words that do not repeat it', () =>
  withVscode(folderWith({ contoso: contosoCustomer }), async ({ page }) => {
    const pasted = 'Xy78Q~canary-canary.canary_canary~canary';
    await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
    const paste = () => page.keyboard.press('ControlOrMeta+V');
    const { box, title, value, accept } = quickInput(page);
    await openViewContainer(page, 'T&A Exchange');
    const sidebar = page.locator('.part.sidebar');
    await sidebar.getByRole('button', { name: 'Filter Customers…' }).first().click(patient);
    await title('Filter Customers');
    await box.locator(':focus').first().waitFor(patient);
    await paste();
    await expect.poll(value, patient).toBe(pasted);
    await accept();
    await box
      .getByText(/^This looks like a client secret.*It is not kept\.$/)
      .first()
      .waitFor(patient);
    expect(await box.innerText()).not.toContain('canary');
    await takePicture(page, 'story-secret-in-a-box');
    await page.keyboard.press('Escape');

    await runCommand(page, 'T&A Exchange: New Customer…');
    const frame = await untilStage(page, 'Customer');
    for (const field of fields) {
      await clickInto(frame, field);
      await paste();
      await page.keyboard.press('Tab');
    }
    await frame.getByText('a text without a client secret').nth(2).waitFor(patient);
    await takePicture(page, 'story-secret-in-fields');
    expect(await frame.locator('body').innerText()).not.toContain('canary');
  }));
