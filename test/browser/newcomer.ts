import type { BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { notification, pressToast } from '../vscode/notifications.ts';
import { runCommand } from '../vscode/palette.ts';
import { quickInput } from '../vscode/quick-input.ts';
import { treeRow } from '../vscode/tree.ts';

/** A machine that does much else takes its time. */
export const patient = { timeout: 90_000 };

/** What a person had to do since it was asked for the first time. */
export interface Deeds {
  /** Fields that something was typed into. */
  typed: number;
  /** Clicks on a button, a link or a row; Enter and Space on one, and Enter in a field. */
  decided: number;
}

/** Counts in every window and frame that opens from now on, and in this one: by what the browser saw, not by what a test did. */
export async function countDeeds(page: Page): Promise<Deeds> {
  const deeds: Deeds = { typed: 0, decided: 0 };
  await page.context().exposeBinding('noteDeed', (_from, deed: keyof Deeds) => {
    deeds[deed] += 1;
  });
  await page.context().addInitScript(watchDeeds);
  await page.evaluate(watchDeeds);
  counting.add(page.context());
  return deeds;
}

const counting = new WeakSet<BrowserContext>();
const counted = new WeakSet<Frame>();

/** VS Code writes its pages into a document that it opens anew, which loses its listeners: this is called for each frame that it makes. */
export async function countDeedsOn(frame: Frame): Promise<void> {
  if (!counting.has(frame.page().context()) || counted.has(frame)) return;
  counted.add(frame);
  // It may be gone by now; the next one is counted as well.
  await frame.evaluate(watchDeeds).catch(() => undefined);
}

/** Runs in the page. The palette of VS Code asks nothing, so a command's name is no answer. */
function watchDeeds(): void {
  const note = (deed: string): void => void Reflect.get(window, 'noteDeed')(deed);
  const isText = (target: unknown): target is HTMLElement =>
    target instanceof HTMLElement && target.matches('textarea, input:not([type]), input[type=text]');
  const typed = new WeakSet<HTMLElement>();
  const watch = (kind: string, see: (event: Event, target: unknown) => void): void =>
    window.addEventListener(kind, (event) => event.isTrusted && see(event, event.composedPath()[0]), true);
  watch('input', (_event, target) => {
    if (!isText(target) || typed.has(target) || target.closest('.quick-input-widget')) return;
    typed.add(target);
    note('typed');
  });
  // A key that presses a button makes a click too, which no pointer has counted.
  watch('click', (event, target) => {
    if (event instanceof MouseEvent && event.detail > 0 && !isText(target)) note('decided');
  });
  watch('keydown', (event, target) => {
    if (!(event instanceof KeyboardEvent)) return;
    if (event.key === 'Enter' || (event.key === ' ' && !isText(target))) note('decided');
  });
}

/** Starts a practice tenant, with problems or without, and opens its page in a tab of its own. */
export async function startPractice(page: Page, problems: readonly string[] = []): Promise<Page> {
  if (problems.length === 0) await runCommand(page, 'T&A Exchange: Start Practice Tenant');
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

const stepOf = (page: Page, title: string): Locator =>
  page.locator('.getting-started-step', { hasText: title });

/** Opens a step of the walkthrough and clicks its button. */
export async function clickWalkthrough(page: Page, title: string, button: string): Promise<void> {
  const step = stepOf(page, title);
  await step.waitFor(patient);
  const press = step.getByRole('button', { name: button, exact: true });
  if (!(await press.isVisible())) await step.click();
  await press.click(patient);
}

/** Presses a step's button in the walkthrough that is open, by key. */
export async function pressWalkthrough(page: Page, title: string, button: string): Promise<void> {
  const step = stepOf(page, title);
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

/** The practice tenant is running when the status bar says so. */
export async function untilPractice(page: Page): Promise<void> {
  await page.locator('.statusbar-item', { hasText: 'PRACTICE' }).waitFor(patient);
}

const newcomersSeconds = 180;

/** The measure of the newcomer's story, from the walkthrough to the email that arrived. */
export function expectFewDeeds({ typed, decided }: Deeds, startedAt: number): void {
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`The newcomer's story: ${typed} typed, ${decided} decided, ${seconds} s\n`);
  expect(typed).toBeLessThanOrEqual(4);
  expect(decided).toBeLessThanOrEqual(12);
  expect(seconds).toBeLessThan(newcomersSeconds);
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
