import type { BrowserContext, Page } from 'playwright-core';
import { notification } from '../vscode/notifications.ts';
import { runCommand } from '../vscode/palette.ts';
import { quickInput } from '../vscode/quick-input.ts';
import { treeRow } from '../vscode/tree.ts';

/** A machine that does much else takes its time. */
export const patient = { timeout: 90_000 };

/** Starts a practice tenant. Gives its page, in a tab of its own. */
export async function startPractice(
  page: Page,
  scenarios: readonly string[] = [],
  begin = () => runCommand(page, 'T&A Exchange: Start Practice Tenant…', patient.timeout),
): Promise<Page> {
  const input = quickInput(page);
  await begin();
  await input.box.getByPlaceholder('Which conditions').waitFor(patient);
  for (const scenario of scenarios) await input.check(scenario);
  await input.box.getByRole('button', { name: 'OK' }).click();
  const toast = await notification(page, 'The practice tenant runs');
  const tenantPage = await newTab(page.context(), () =>
    toast.getByRole('button', { name: 'Open Its Page' }).click(),
  );
  await tenantPage.getByRole('heading', { name: 'Mailboxes' }).waitFor(patient);
  return tenantPage;
}

/** Presses a step's button in the walkthrough, and opens it where it is not to be seen. */
export async function pressWalkthrough(page: Page, title: string, button: string): Promise<void> {
  await runCommand(page, 'T&A Exchange: Open Walkthrough', patient.timeout);
  const step = page.locator('.getting-started-step', { hasText: title });
  await step.locator('.step-title').click(patient);
  await step.getByRole('button', { name: button, exact: true }).click(patient);
}

/** Answers one question after the other, by typing where there is a text and by Enter where the proposal is taken. */
export async function answerWizard(
  page: Page,
  answers: readonly (string | undefined)[],
  before: (step: number) => Promise<void> = async () => undefined,
): Promise<void> {
  const input = quickInput(page);
  const question = (step: number) =>
    input.box.locator('.quick-input-title', { hasText: `(${step}/${answers.length})` });
  for (const [index, answer] of answers.entries()) {
    const step = index + 1;
    await question(step).waitFor(patient);
    await before(step);
    const give = () => (answer === undefined ? input.accept() : input.enter(answer));
    await give();
    // A key can get lost while one question makes room for the next.
    if (step < answers.length)
      await question(step + 1)
        .waitFor({ timeout: lostClickMs })
        .catch(give);
  }
}

/** Takes the code from VS Code to the login page that it opens, and signs in there. */
export async function signInOnPage(
  page: Page,
  person: string,
  outcome = 'You are signed in',
  before: () => Promise<void> = async () => undefined,
): Promise<void> {
  const input = quickInput(page);
  await input.title('Sign in as admin');
  await before();
  const [, code = ''] = /code (\w+)/.exec(await input.box.locator('.quick-input-title').innerText()) ?? [];
  const login = await newTab(page.context(), () => input.pick('Copy & Open Browser'));
  await login.getByLabel('The code that your app or device shows').fill(code);
  await login.getByRole('button', { name: 'Next' }).click();
  await login.getByRole('radio', { name: person }).check();
  await login.getByRole('button', { name: 'Sign in and approve' }).click();
  await login.getByRole('heading', { name: outcome }).waitFor(patient);
  await login.close();
}

/** Presses an inline action of a row in the Customers view. */
export async function pressRowAction(page: Page, name: RegExp, action: string): Promise<void> {
  const row = treeRow(page, name);
  await row.hover();
  await row.getByRole('button', { name: action }).click();
}

/** A click can get lost in the moment in which VS Code draws a message anew; then the message is still there. */
const lostClickMs = 15_000;

export async function newTab(context: BrowserContext, open: () => Promise<void>): Promise<Page> {
  const coming = context.waitForEvent('page', patient);
  await open();
  const waited = new Promise((resolve) => setTimeout(resolve, lostClickMs));
  if (!(await Promise.race([coming, waited]))) await open().catch(() => undefined);
  return await coming;
}
