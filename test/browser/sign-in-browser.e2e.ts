import { expect, test } from 'vitest';
import { customerFolder } from '../support/customer-folder.ts';
import { startLocalPages } from '../vscode/local-pages.ts';
import { runCommand } from '../vscode/palette.ts';
import { openVscode } from '../vscode/vscode-window.ts';
import { newTab, patient, startPractice } from './newcomer.ts';
import { takePicture } from './picture.ts';
import { signInWithCode, untilStage } from './set-up-story.ts';

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
    await runCommand(page, "T&A Exchange: Sign In as Customer's Administrator…");
    await signInWithCode(page, 'Grace Admin', { outcome: "You don't have access to this" });
    const frame = await untilStage(page, 'Sign in');
    await frame
      .getByRole('heading', { name: 'This tenant does not allow sign-in with a code' })
      .waitFor(patient);
    await takePicture(page, 'story-code-blocked');
    const login = await newTab(context, () =>
      frame.getByRole('button', { name: 'Sign In by Browser' }).click(),
    );
    await login.getByRole('radio', { name: 'Grace Admin' }).check(patient);
    await login.getByRole('button', { name: /^Sign in/ }).click();
    await login.getByText('You are signed in. You can close this page').waitFor(patient);
    await page.bringToFront();
    const signedIn = await untilStage(page, 'Check and plan');
    await signedIn.getByText('Signed in as grace@contoso.com.').waitFor(patient);
    expect(vscode.outside).toEqual([]);
  } finally {
    await vscode.close();
    pages.close();
  }
}, 240_000);
