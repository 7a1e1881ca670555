import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { type LocalPages, startLocalPages } from '../vscode/local-pages.ts';
import { runCommand } from '../vscode/palette.ts';
import { quickInput } from '../vscode/quick-input.ts';
import { openVscode, type VscodeWindow } from '../vscode/vscode-window.ts';
import { patient, startPractice } from './newcomer.ts';
import { takePicture } from './picture.ts';
import { signInWithCode, untilStage } from './set-up-story.ts';

// What goes wrong ends on the page, with its way on. By mouse.

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
  const folder = mkdtempSync(join(tmpdir(), 'ta-troubles-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(customers))
    writeFileSync(
      join(folder, `${name}.ta-customer.json`),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  return folder;
}

async function withVscode(
  open: string | undefined,
  work: (vscode: VscodeWindow) => Promise<void>,
): Promise<void> {
  const permissions = ['clipboard-read', 'clipboard-write'];
  const vscode = await openVscode({ ...(open && { open }), env: pages.env, context: { permissions } });
  try {
    await work(vscode);
    expect(vscode.outside).toEqual([]);
  } finally {
    await vscode.close();
  }
}

/** The page of a new customer, with what is typed into its three fields. */
async function newCustomer(
  { page }: VscodeWindow,
  answers: readonly [string, string, string],
): Promise<Frame> {
  await runCommand(page, 'T&A Exchange: Set Up Customer…');
  const frame = await untilStage(page, 'Customer');
  for (const [index, label] of ['Customer name', 'Tenant domain', 'Sender address'].entries()) {
    await frame.getByRole('textbox', { name: label }).click();
    await page.keyboard.type(answers[index] ?? '');
  }
  return frame;
}

test('a wrong domain is told in its field, with the one that would do; by mouse to the plan, and the message for a consent', () =>
  withVscode(folderWith(), async (vscode) => {
    const { page } = vscode;
    await startPractice(page, ['Someone else consents']);
    await page.bringToFront();
    const frame = await newCustomer(vscode, ['Contoso Ltd', 'fabrikam.com', 'ta@contoso.com']);
    await frame
      .getByText('The practice tenant has the domain contoso.com and no other.')
      .first()
      .waitFor(patient);
    await takePicture(page, 'story-wrong-domain');
    await frame.getByRole('button', { name: 'Use contoso.com' }).click();
    await frame.getByText('Found in Microsoft 365 worldwide').waitFor(patient);
    await frame.getByRole('button', { name: 'Continue to Sign-In' }).click();
    await signInWithCode(page, 'Grace Admin');
    const plan = await untilStage(page, 'Check and plan');
    await plan.getByRole('button', { name: /^Make \d Changes in Contoso$/ }).click(patient);
    const waiting = await untilStage(page, 'Changes and proof');
    await waiting.getByRole('button', { name: 'Copy Message' }).click(patient);
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()), patient)
      .toContain('/adminconsent?client_id=');
    await takePicture(page, 'story-consent');
    // Closed and opened again, it is all there.
    await page.getByRole('tab', { name: /Contoso Ltd/ }).click();
    await page.keyboard.press('ControlOrMeta+F4');
    await runCommand(page, 'T&A Exchange: Set Up Customer…');
    await quickInput(page).pick('Contoso Ltd');
    await (await untilStage(page, 'Changes and proof'))
      .getByRole('button', { name: 'Check Now' })
      .click(patient);
  }));

test('a sender that is missing blocks, and the page says where to create it; the sender can be corrected in place', () =>
  withVscode(folderWith({ contoso: contosoCustomer }), async (vscode) => {
    const { page } = vscode;
    await startPractice(page, ['Sender does not exist']);
    await page.bringToFront();
    await runCommand(page, 'T&A Exchange: Set Up Customer…');
    await quickInput(page).pick('contoso');
    await (await untilStage(page, 'Customer'))
      .getByRole('button', { name: 'Continue to Sign-In' })
      .click(patient);
    await signInWithCode(page, 'Grace Admin');
    const frame = await untilStage(page, 'Check and plan');
    await frame.getByText('Set-up cannot start until the blockers are resolved.').waitFor(patient);
    await takePicture(page, 'story-sender-missing');
    await frame
      .getByRole('button', { name: /Customer/ })
      .first()
      .click();
    const sender = frame.getByRole('textbox', { name: 'Sender address' });
    await sender.fill('robin@contoso.com');
    await frame.getByRole('button', { name: 'Save & Continue' }).click();
    await (await untilStage(page, 'Check and plan'))
      .getByRole('button', { name: /^Make 5 Changes/ })
      .waitFor(patient);
  }));

test('a broken file is said on the page, with its way on', () =>
  withVscode(folderWith({ broken: '{' }), async (vscode) => {
    const { page } = vscode;
    await runCommand(page, 'T&A Exchange: Set Up Customer…');
    await quickInput(page).pick('broken');
    const frame = await untilStage(page, 'Customer');
    await takePicture(page, 'story-broken-file');
    await frame.locator('footer').getByRole('button', { name: 'Open Customer File' }).click(patient);
    await page.getByRole('tab', { name: /broken\.ta-customer\.json/ }).waitFor(patient);
  }));

test('without a workspace a place is proposed', () =>
  withVscode(undefined, async (vscode) => {
    const { page } = vscode;
    const frame = await newCustomer(vscode, ['Acme', 'contoso.com', 'ta@contoso.com']);
    await frame.locator('summary', { hasText: 'More' }).first().click();
    await frame.getByText('T&A Customers').first().waitFor(patient);
    await takePicture(page, 'story-no-workspace');
  }));
