import { expect, test } from 'vitest';
import { customerFolder } from '../support/customer-folder.ts';
import { startLocalPages } from '../vscode/local-pages.ts';
import { notification, pressToast } from '../vscode/notifications.ts';
import { runCommand } from '../vscode/palette.ts';
import { quickInput } from '../vscode/quick-input.ts';
import { openVscode } from '../vscode/vscode-window.ts';
import { newTab, patient, signInOnPage, startPractice } from './newcomer.ts';

test('where a policy blocks device codes the admin signs in on a page of the browser, which leads back to VS Code', async () => {
  await using folder = await customerFolder();
  const pages = await startLocalPages();
  const permissions = ['clipboard-read', 'clipboard-write'];
  const vscode = await openVscode({ open: folder.path, env: pages.env, context: { permissions } });
  try {
    const { page, context } = vscode;
    // Where the browser comes back to: a port of this machine under the only name that Entra takes without its port.
    await context.route('http://localhost:*/**', (route) => route.continue());
    await startPractice(page, ['Device code blocked']);
    await page.bringToFront();
    await runCommand(page, 'T&A Exchange: Sign In as Customer Admin…');
    await quickInput(page).pick('contoso.ta-customer.json');
    await signInOnPage(page, 'Grace Admin', "You don't have access to this");
    await page.bringToFront();
    const offer = await notification(page, 'AADSTS53003');
    const login = await newTab(context, () => pressToast(offer, 'Sign In by Browser'));
    await login.getByRole('radio', { name: 'Grace Admin' }).check(patient);
    await login.getByRole('button', { name: /^Sign in/ }).click();
    await login.getByText('You are signed in. You can close this page').waitFor(patient);
    await page.bringToFront();
    await notification(page, 'Signed in as grace@contoso.com in contoso.com.');
    expect(vscode.outside).toEqual([]);
  } finally {
    await vscode.close();
    pages.close();
  }
}, 240_000);
