import type { Locator, Page } from 'playwright-core';

/** The one box of VS Code that asks: a pick, a text, or the command palette. */
export interface QuickInput {
  /** Waits for a box whose title, with its step (`Set Up Customer (2/7)`), holds the text. */
  title(text: string): Promise<void>;
  /** Fills in the text; the step's own check runs on it. */
  type(text: string): Promise<void>;
  /** The text that is in the box. */
  value(): Promise<string>;
  /** Types and accepts. */
  enter(text: string): Promise<void>;
  /** Takes the row that holds the text. */
  pick(label: string): Promise<void>;
  /** Sets or clears the check of a row in a pick of several. */
  check(label: string): Promise<void>;
  accept(): Promise<void>;
  back(): Promise<void>;
  cancel(): Promise<void>;
  /** Labels of the rows in view. */
  rows(): Promise<string[]>;
  /** Waits for a message below the box, as a refused text gets one. */
  message(text: string): Promise<void>;
  /** Waits until no box is open. */
  closed(): Promise<void>;
  readonly box: Locator;
}

export function quickInput(page: Page): QuickInput {
  const box = page.locator('.quick-input-widget');
  const field = box.locator('.quick-input-box input.input');
  const row = (label: string) =>
    box.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
  const type = async (text: string) => {
    await field.fill(text);
  };
  // On the field: the focus may have gone elsewhere while the box stays.
  const accept = () => field.press('Enter');
  return {
    box,
    title: (text) => box.locator('.quick-input-title', { hasText: text }).waitFor(),
    type,
    value: () => field.inputValue(),
    async enter(text) {
      await type(text);
      await accept();
    },
    pick: (label) => row(label).click(),
    check: (label) => row(label).locator('input[type=checkbox], .monaco-checkbox').first().click(),
    accept,
    back: () => box.getByRole('button', { name: /^Back/ }).click(),
    cancel: () => page.keyboard.press('Escape'),
    rows: () => box.locator('.quick-input-list .monaco-list-row .label-name').allInnerTexts(),
    message: (text) => box.locator('.quick-input-message', { hasText: text }).waitFor(),
    closed: () => box.waitFor({ state: 'hidden' }),
  };
}
