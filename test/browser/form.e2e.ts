import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writePreferences } from '../../src/core/preferences/preferences-file.ts';
import { blankRecord } from '../support/blank-record.ts';
import { customerFolder } from '../support/customer-folder.ts';
import { preferencesWith } from '../support/preferences.ts';
import { runCommand } from '../vscode/palette.ts';
import { openVscode, type VscodeWindow } from '../vscode/vscode-window.ts';
import { webviewFrame } from '../vscode/webview-frame.ts';
import { reloadOnceKept } from '../vscode/workbench.ts';

let vscode: VscodeWindow;
let folder: Awaited<ReturnType<typeof customerFolder>>;
const refused: string[] = [];
/** A machine that does much else takes its time. */
const slowMs = 90_000;
const patient = { timeout: slowMs };

beforeAll(async () => {
  folder = await customerFolder();
  const preferences = { file: 'contoso.ta-email.json', keyId: 'key-1', writtenAt: '2026-11-23T22:00:00Z' };
  await folder.write('contoso.ta-record.json', JSON.stringify(blankRecord({ preferences })));
  // The app of these preferences is unknown to the practice tenant.
  await writePreferences(join(folder.path, 'contoso.ta-email.json'), preferencesWith());
  vscode = await openVscode({
    open: folder.path,
    prepare: async (page) => {
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
      });
    },
  });
});
afterAll(async () => {
  await vscode?.close();
  await folder?.[Symbol.asyncDispose]();
});

function form(): Promise<Frame> {
  return webviewFrame(vscode.page, '#page > .page:not(.opening)', slowMs);
}
const to = (frame: Frame) => frame.getByRole('textbox', { name: 'To', exact: true });

test('the form opens for a customer, in colours and under the policy of a real VS Code', async () => {
  await runCommand(vscode.page, 'T&A Exchange: Open Test Email Form');
  const frame = await form();
  await frame.getByText('Sent from ta@contoso.com, tenant contoso.com').waitFor(patient);
  await vscode.page.getByRole('tab', { name: 'Test email: Contoso Ltd' }).waitFor(patient);
  const backgrounds = await frame.evaluate(() => {
    const { backgroundColor } = getComputedStyle(document.body);
    return [
      backgroundColor,
      getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background'),
    ];
  });
  expect(backgrounds[1]).not.toBe('');
  expect(backgrounds[0]).not.toBe('rgba(0, 0, 0, 0)');
  expect(refused.filter((line) => !line.includes('fake.html'))).toEqual([]);
});

test('a practice customer sends nothing while the practice tenant is off', async () => {
  const frame = await form();
  await to(frame).fill('robin@contoso.com');
  await frame.getByRole('button', { name: 'Send' }).click();
  await frame.getByText('Start the practice tenant first.').first().waitFor(patient);
});

test('a refusal of Entra ends in a verdict with advice', async () => {
  await runCommand(vscode.page, 'T&A Exchange: Start Practice Tenant');
  await vscode.page.locator('.statusbar-item', { hasText: 'PRACTICE' }).waitFor(patient);
  const frame = await form();
  await frame.getByRole('button', { name: 'Send' }).click();
  await frame.getByRole('heading', { name: 'The email was not sent' }).waitFor(patient);
  expect(await frame.locator('.details').textContent()).toContain('AADSTS');
  expect(vscode.outside).toEqual([]);
});

test('after a reload of the window the draft and the verdict are back', async () => {
  const frame = await form();
  await frame.getByRole('textbox', { name: 'Message' }).fill('Half a sent');
  await reloadOnceKept(vscode.page, 'Half a sent', 'Test email: Contoso Ltd');
  const again = await form();
  await expect.poll(() => to(again).inputValue(), patient).toBe('robin@contoso.com');
  expect(await again.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Half a sent');
  await again.getByRole('heading', { name: 'The email was not sent' }).waitFor();
});

test('hidden and shown again, the form has its draft; closed and opened anew, it begins anew', async () => {
  const tab = vscode.page.getByRole('tab', { name: 'Test email: Contoso Ltd' });
  const message = async () => (await form()).getByRole('textbox', { name: 'Message' }).inputValue();
  await vscode.page.getByRole('treeitem', { name: 'contoso.ta-record.json' }).click(patient);
  await vscode.page.getByRole('tab', { name: 'contoso.ta-record.json' }).waitFor(patient);
  await tab.click();
  await expect.poll(message, patient).toBe('Half a sent');
  await tab.click({ button: 'middle' });
  await tab.waitFor({ state: 'detached', ...patient });
  await runCommand(vscode.page, 'T&A Exchange: Open Test Email Form');
  await expect.poll(message, patient).toBe('This is a test email, sent the way T&A sends.');
});
