import type { Page } from 'playwright-core';
import { quickInput } from './quick-input.ts';
import { until } from './retry.ts';

/**
 * Runs a command by its words in the palette. An open palette does not learn of commands registered after it, so it is
 * opened anew until the command is there.
 */
export async function runCommand(page: Page, label: string, timeoutMs = 30_000): Promise<void> {
  const input = quickInput(page);
  const attempt = async () => {
    try {
      await page.keyboard.press('F1');
      await input.box.waitFor({ state: 'visible', timeout: 2000 });
      await input.type(`>${label}`);
      const rows = input.box.locator('.quick-input-list .monaco-list-row', { hasText: label });
      await rows.first().click({ timeout: 2000 });
      return true;
    } catch {
      await page.keyboard.press('Escape');
      return undefined;
    }
  };
  await until(`the command "${label}"`, attempt, timeoutMs);
}

/** What the palette shows for a text, in its order, once the command is among it; opened anew until it is, as above. */
export async function paletteRows(page: Page, text: string, command: string): Promise<string[]> {
  const input = quickInput(page);
  const attempt = async () => {
    try {
      await page.keyboard.press('F1');
      await input.box.waitFor({ state: 'visible', timeout: 2000 });
      await input.type(`>${text}`);
      const rows = input.box.locator('.quick-input-list .monaco-list-row', { hasText: command });
      await rows.first().waitFor({ timeout: 2000 });
      return await input.rows();
    } catch {
      return undefined;
    } finally {
      await page.keyboard.press('Escape');
    }
  };
  const rows = await until(`the command "${command}"`, attempt, 60_000);
  await input.closed();
  return rows;
}
