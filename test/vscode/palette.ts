import type { Page } from 'playwright-core';
import { quickInput } from './quick-input.ts';

const patient = { timeout: 90_000 };
/** The palette looks for a row in a moment. */
const rowMs = 3000;

/** Runs a command by its words in the palette. */
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

/** A palette that is open does not learn of commands that are registered or enabled after it, so another one is opened then. */
async function search(page: Page, text: string, command: string): Promise<void> {
  const { box, closed } = quickInput(page);
  const found = box.locator('.quick-input-list .monaco-list-row.focused', { hasText: command });
  for (const end = Date.now() + patient.timeout; ; ) {
    await page.keyboard.press('F1');
    // A question of ours may still be seen in the same place.
    await box
      .locator(':focus')
      .and(box.getByPlaceholder('Type the name of a command to run'))
      .waitFor(patient);
    await page.keyboard.type(text);
    const isThere = await found.waitFor({ timeout: rowMs }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    if (Date.now() > end) throw new Error(`The palette does not know "${command}".`);
    await page.keyboard.press('Escape');
    await closed();
  }
}
