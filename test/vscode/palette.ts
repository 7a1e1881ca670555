import type { Page } from 'playwright-core';
import { quickInput } from './quick-input.ts';

const patient = { timeout: 90_000 };

/**
 * Runs a command by its words in the palette. Ours are there once the window is ready: a palette that is open does not learn
 * of commands that are registered after it.
 */
export async function runCommand(page: Page, label: string): Promise<void> {
  await search(page, label, label);
  await page.keyboard.press('Enter');
}

/** What the palette shows for a text, in its order, once the command is the first of it. */
export async function paletteRows(page: Page, text: string, command: string): Promise<string[]> {
  await search(page, text, command);
  const input = quickInput(page);
  const rows = await input.rows();
  await page.keyboard.press('Escape');
  await input.closed();
  return rows;
}

async function search(page: Page, text: string, command: string): Promise<void> {
  await page.keyboard.press('F1');
  const { box } = quickInput(page);
  // A question of ours may still be seen in the same place.
  await box.getByPlaceholder('Type the name of a command to run').waitFor(patient);
  await page.keyboard.type(text);
  await box.locator('.quick-input-list .monaco-list-row.focused', { hasText: command }).waitFor(patient);
}
