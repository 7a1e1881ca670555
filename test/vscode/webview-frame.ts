import type { Frame, Page } from 'playwright-core';
import { until } from './retry.ts';

/**
 * The frame of the webview that holds the selector: VS Code puts a page two frames deep. A frame, not a locator, so that
 * it can be evaluated in. A webview in a hidden editor has none, unless it is retained.
 */
export function webviewFrame(page: Page, selector: string, timeoutMs?: number): Promise<Frame> {
  const look = async () => {
    for (const frame of page.frames()) if (isPage(frame) && (await holds(frame, selector))) return frame;
    return undefined;
  };
  return until(`a webview with ${selector}`, look, timeoutMs);
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
