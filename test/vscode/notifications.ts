import type { Locator, Page } from 'playwright-core';

/** The toast that holds the text. Waits for it. */
export async function notification(page: Page, text: string | RegExp): Promise<Locator> {
  const toast = page.locator('.notification-toast', { hasText: text }).first();
  await toast.waitFor();
  return toast;
}
