import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { webviewFrame } from '../vscode/webview-frame.ts';
import { countDeedsOn, newTab, patient } from './newcomer.ts';

/** The set-up page of the window. */
export async function setUpPage(page: Page): Promise<Frame> {
  const frame = await webviewFrame(page, '#page > .set-up:not(.opening)', patient.timeout);
  await countDeedsOn(frame);
  return frame;
}

/** Waits until the page is at a stage; the frame is found anew, for a page that was made anew has another. */
export async function untilStage(page: Page, title: string): Promise<Frame> {
  for (const end = Date.now() + patient.timeout; ; ) {
    const frame = await setUpPage(page);
    const isThere = await frame
      .locator('h2', { hasText: title })
      .waitFor({ timeout: 3000 })
      .then(
        () => true,
        () => false,
      );
    if (isThere) return frame;
    if (Date.now() > end)
      throw new Error(`The page is not at "${title}": ${await frame.locator('h2').first().innerText()}`);
  }
}

/** Puts the cursor into a field. VS Code gives a page the keyboard a moment after the click, and a person types when the cursor is there. */
export async function clickInto(frame: Frame, field: string): Promise<void> {
  const box = frame.getByRole('textbox', { name: field, exact: true });
  await box.click(patient);
  const hasCursor = () =>
    box.evaluate((input) => {
      const root = input.getRootNode();
      return document.hasFocus() && 'activeElement' in root && root.activeElement === input;
    });
  await expect.poll(hasCursor, patient).toBe(true);
}

/** Types in place of what is in a field. VS Code takes Ctrl+A itself and selects a moment later, when the first letters may be there. */
export async function typeInto(page: Page, frame: Frame, field: string, text: string): Promise<void> {
  await clickInto(frame, field);
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.type(text);
}

/** What has the focus on the page, as a screen reader names it. */
async function focused(frame: Frame): Promise<string> {
  return await frame.evaluate(() => {
    const active = document.activeElement;
    return document.hasFocus()
      ? `${active?.getAttribute('aria-label') ?? ''} ${active?.textContent ?? ''} ${active?.getAttribute('type') ?? ''}`
      : '';
  });
}

/** Goes on with Tab until something of this name has the focus, as a person without a mouse does. */
export async function tabTo(page: Page, frame: Frame, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused(frame)).includes(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to "${name}"; it is on "${await focused(frame)}".`);
}

/** Types the three answers to wherever the focus is. */
export async function answerThree(page: Page, answers: readonly [string, string, string]): Promise<void> {
  const frame = await untilStage(page, 'Customer');
  // A person types when the cursor is there; a page that never gets the focus fails here.
  await frame.waitForFunction(
    () => document.hasFocus() && document.activeElement?.id === 'set-up-name',
    undefined,
    patient,
  );
  const [name, domain, sender] = answers;
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(domain);
  await page.keyboard.press('Tab');
  await page.keyboard.type(sender);
}

/** Enter for the code, the arrows to the person, and Enter on the button. */
async function approveByKey(login: Page, person: string): Promise<void> {
  await login.keyboard.press('Enter');
  await login.getByRole('radio', { name: person }).waitFor(patient);
  await tabTo(login, login.mainFrame(), 'radio');
  const chosen = login.getByRole('radio', { name: person });
  while (!(await chosen.evaluate((radio) => radio === document.activeElement)))
    await login.keyboard.press('ArrowDown');
  await login.keyboard.press('Space');
  await tabTo(login, login.mainFrame(), 'Sign in and approve');
  await login.keyboard.press('Enter');
}

/** Takes the code from the page to the login page that `open` leads to, and signs in there. */
export async function signInWithCode(
  page: Page,
  person: string,
  { byKey = false, outcome = 'You are signed in' }: { byKey?: boolean; outcome?: string } = {},
): Promise<void> {
  const frame = await untilStage(page, 'Sign in');
  await frame.locator('.code code').waitFor(patient);
  const code = await frame.locator('.code code').innerText();
  const open = 'Copy Code & Open Browser';
  const login = await newTab(page.context(), async () => {
    if (!byKey) return await frame.getByRole('button', { name: open }).click();
    await tabTo(page, frame, open);
    await page.keyboard.press('Enter');
  });
  await login.locator('#code:focus').waitFor(patient);
  await login.keyboard.type(code);
  if (byKey) await approveByKey(login, person);
  else {
    await login.getByRole('button', { name: 'Next' }).click();
    await login.getByRole('radio', { name: person }).click();
    await login.getByRole('button', { name: 'Sign in and approve' }).click();
  }
  await login.getByRole('heading', { name: outcome }).waitFor(patient);
  await login.close();
  await page.bringToFront();
}
