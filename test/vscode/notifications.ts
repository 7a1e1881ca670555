import type { Locator, Page } from 'playwright-core';

/** The toast that holds the text. Waits for it. */
export async function notification(page: Page, text: string | RegExp): Promise<Locator> {
  const toast = page.locator('.notification-toast', { hasText: text }).first();
  await toast.waitFor();
  return toast;
}

/** Presses a button of the toast that holds the text. */
export async function answerNotification(page: Page, text: string | RegExp, button: string): Promise<void> {
  const toast = await notification(page, text);
  await toast.getByRole('button', { name: button }).click();
}

/** The modal question that holds the text. Waits for it. */
export async function dialog(page: Page, text: string | RegExp): Promise<Locator> {
  const box = page.locator('.monaco-dialog-box', { hasText: text });
  await box.waitFor();
  return box;
}

export async function answerDialog(page: Page, text: string | RegExp, button: string): Promise<void> {
  const box = await dialog(page, text);
  await box.getByRole('button', { name: button }).click();
}

/** The texts of all toasts in view. */
export function notifications(page: Page): Promise<string[]> {
  return page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
}
