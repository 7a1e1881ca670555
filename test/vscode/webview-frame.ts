import { setTimeout as pause } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';

/**
 * The frame of the webview that holds the selector: VS Code puts a page two frames deep. A frame, not a locator, so that
 * it can be evaluated in. A webview in a hidden editor has none, unless it is retained.
 */
export async function webviewFrame(page: Page, selector: string, timeoutMs = 90_000): Promise<Frame> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    for (const frame of page.frames()) if (isPage(frame) && (await holds(frame, selector))) return frame;
    await pause(100);
  }
  throw new Error(`No webview with ${selector} within ${timeoutMs / 1000} s.`);
}

function isPage(frame: Frame): boolean {
  return Boolean(frame.parentFrame()?.parentFrame());
}

/** A frame may go away while it is asked. */
async function holds(frame: Frame, selector: string): Promise<boolean> {
  const count = await frame
    .locator(selector)
    .count()
    .catch(() => 0);
  return count > 0;
}
