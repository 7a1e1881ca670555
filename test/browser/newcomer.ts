import type { BrowserContext, Page } from 'playwright-core';
import { notification, pressToast } from '../vscode/notifications.ts';
import { runCommand } from '../vscode/palette.ts';
import { quickInput } from '../vscode/quick-input.ts';
import { treeRow } from '../vscode/tree.ts';

/** A machine that does much else takes its time. */
export const patient = { timeout: 90_000 };

/** Starts a practice tenant, with problems or without. Gives its page, in a tab of its own. */
export async function startPractice(
  page: Page,
  problems: readonly string[] = [],
  begin = () => runCommand(page, 'T&A Exchange: Start Practice Tenant'),
): Promise<Page> {
  if (problems.length === 0) await begin();
  else {
    const input = quickInput(page);
    await runCommand(page, 'T&A Exchange: Rehearse a Problem…');
    await input.title('Rehearse a Problem');
    for (const problem of problems) await input.check(problem);
    await input.box.getByRole('button', { name: 'OK' }).click();
  }
  const toast = await notification(page, 'The practice tenant is running');
  const tenantPage = await newTab(page.context(), () => pressToast(toast, 'Open Practice Tenant'));
  await tenantPage.getByRole('heading', { name: 'Mailboxes' }).waitFor(patient);
  return tenantPage;
}

/** Presses a step's button in the walkthrough by key, and opens it where it is not to be seen. */
export async function pressWalkthrough(page: Page, title: string, button: string): Promise<void> {
  await runCommand(page, 'T&A Exchange: Open Walkthrough');
  const step = page.locator('.getting-started-step', { hasText: title });
  await step.waitFor(patient);
  // VS Code gives the focus to a step a quarter of a second after it was opened; a person is slower.
  await step.evaluate((opened) => {
    opened.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await page.waitForFunction(
    (opened) => document.activeElement === opened,
    await step.elementHandle(),
    patient,
  );
  await step.getByRole('button', { name: button, exact: true }).press('Enter', patient);
}

/** Presses an inline action of a row in the Customers view. */
export async function pressRowAction(page: Page, name: RegExp, action: string): Promise<void> {
  const row = treeRow(page, name);
  await row.hover();
  await row.getByRole('button', { name: action }).click();
}

export async function newTab(context: BrowserContext, open: () => Promise<void>): Promise<Page> {
  const coming = context.waitForEvent('page', patient);
  await open();
  return await coming;
}
