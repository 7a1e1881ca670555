import type { Locator, Page } from 'playwright-core';
import { runCommand } from './palette.ts';

/** Opens a view container. Its icon would close one that VS Code opens again at that moment, as after a reload. */
export async function openViewContainer(page: Page, title: string): Promise<void> {
  await viewContainerIcon(page, title).waitFor();
  await runCommand(page, `View: Show ${title}`);
  await page.locator('.part.sidebar .composite.title', { hasText: title }).waitFor();
}

export function viewContainerIcon(page: Page, title: string): Locator {
  return page.locator(`.activitybar .action-label[aria-label^="${title}"]`).first();
}

/** A row of a tree by the beginning of what a screen reader says of it. */
export function treeRow(page: Page, name: string | RegExp): Locator {
  return page.locator('.part.sidebar').getByRole('treeitem', { name }).first();
}

/** Opens a row's children; one that is open stays so. */
export async function expandRow(page: Page, name: string | RegExp): Promise<void> {
  const row = treeRow(page, name);
  await row.waitFor();
  if ((await row.getAttribute('aria-expanded')) === 'true') return;
  await row.locator('.monaco-tl-twistie').click();
}
