import type { Locator, Page } from 'playwright-core';

/** The toast that holds the text. Waits for it. */
export async function notification(page: Page, text: string | RegExp): Promise<Locator> {
  const toast = page.locator('.notification-toast', { hasText: text }).first();
  await toast.waitFor({ timeout: 90_000 });
  return toast;
}

/** In one go: VS Code may draw a toast anew between the two halves of a click. */
export function pressToast(toast: Locator, button: string): Promise<void> {
  return toast.getByRole('button', { name: button }).dispatchEvent('click');
}
