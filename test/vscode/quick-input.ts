import type { Locator, Page } from 'playwright-core';

/**
 * The one box of VS Code that asks: a pick, a text, or the command palette. Keys go where the focus is, as a person's do: a
 * box that has lost it gets none.
 */
export interface QuickInput {
  /** Waits for a box whose title, with its step (`Set Up Customer (2/7)`), holds the text. */
  title(text: string): Promise<void>;
  /** Types over what is in the box; the step's own check runs on it. */
  type(text: string): Promise<void>;
  /** The text that is in the box. */
  value(): Promise<string>;
  /** Types and accepts. */
  enter(text: string): Promise<void>;
  /** Goes down to the row that holds the text, and takes it. */
  pick(label: string): Promise<void>;
  /** Looks for a row in a pick of several, and sets or clears its check. */
  check(label: string): Promise<void>;
  /** Types the path of a folder where VS Code asks for one, and takes it. */
  folder(path: string): Promise<void>;
  accept(): Promise<void>;
  /** Labels of the rows in view. */
  rows(): Promise<string[]>;
  /** Waits until no box is open. */
  closed(): Promise<void>;
  readonly box: Locator;
}

/** How long to wait for a box or a row, on a machine that does much else. */
const patient = { timeout: 90_000 };

export function quickInput(page: Page): QuickInput {
  const box = page.locator('.quick-input-widget');
  const row = (label: string) =>
    box.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
  const type = async (text: string) => {
    // A person types when the cursor is there; a box that never gets the focus, or has lost it, fails here.
    await box.locator(':focus').first().waitFor(patient);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
  };
  const accept = () => page.keyboard.press('Enter');
  return {
    box,
    title: (text) => box.locator('.quick-input-title', { hasText: text }).waitFor(patient),
    type,
    value: () => box.locator('.quick-input-box input.input').inputValue(),
    async enter(text) {
      await type(text);
      await accept();
    },
    async pick(label) {
      await row(label).waitFor(patient);
      await box.locator(':focus').first().waitFor(patient);
      const here = box.locator('.quick-input-list .monaco-list-row.focused');
      while (!(await here.innerText()).includes(label)) await page.keyboard.press('ArrowDown');
      await accept();
    },
    async check(label) {
      // A long list has no rows but those in view.
      await type(label);
      await row(label).locator('input[type=checkbox], .monaco-checkbox').first().click(patient);
    },
    async folder(path) {
      // Until VS Code has listed a folder, it writes its own path over what is typed.
      await row('..').waitFor(patient);
      await type(path);
      const choose = box.getByRole('button', { name: 'Choose Folder' });
      // The first press may only open what was typed; the next one takes it.
      while (await choose.isVisible()) await choose.click({ timeout: 1000 }).catch(() => undefined);
    },
    accept,
    rows: () => box.locator('.quick-input-list .monaco-list-row .label-name').allInnerTexts(),
    closed: () => box.waitFor({ state: 'hidden' }),
  };
}

/** Runs in the workbench: gives the focus to the page as soon as the question is there, as VS Code does when it is slow. */
export function takeFocusFrom(question: string): void {
  const steal = new MutationObserver(() => {
    if (!document.querySelector('.quick-input-title')?.textContent?.includes(question)) return;
    steal.disconnect();
    document.querySelector<HTMLIFrameElement>('iframe.webview.ready')?.contentWindow?.focus();
  });
  steal.observe(document.body, { subtree: true, childList: true, characterData: true });
}
