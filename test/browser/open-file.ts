import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { ThemeName } from './theme.ts';

/** A page outside of VS Code follows what a person has set in the system: as VS Code's themes, light, dark or of high contrast. */
export const looks = {
  dark: { colorScheme: 'dark' },
  light: { colorScheme: 'light' },
  'high contrast': { colorScheme: 'dark', forcedColors: 'active' },
  'high contrast light': { colorScheme: 'light', forcedColors: 'active' },
} as const satisfies Record<ThemeName, BrowserContextOptions>;

export interface Opened {
  readonly page: Page;
  /** What the page asked of any network, and what its policy or its script complained of. */
  readonly noise: readonly string[];
}

/** A file of this machine, without a network. */
export async function openFile(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('request', (request) => request.url().startsWith('file:') || noise.push(request.url()));
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return { page, noise };
}

/** What axe finds wrong on a page. Evaluated from outside, which the page's policy does not hinder. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() =>
    Reflect.get(window, 'axe').run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return (found as axe.AxeResults).violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id} ${String(target)}: ${any[0]?.message ?? ''}`),
  );
}

/** Opens what is folded. */
export const unfold = (page: Page): Promise<void> =>
  page.locator('.stage details').evaluateAll((all) => {
    for (const each of all) each.setAttribute('open', '');
  });

/** Words, ids, addresses and dates that are broken although a line has room for them. */
export const brokenWords = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const broken: string[] = [];
    const whole =
      /(?<!\S)\p{L}{2,14}(?!\S)|\S+@\S+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d{4}-\d\d-\d\d/gu;
    /** What stands in a line of words is as wide as they let it be. */
    const roomOf = (place: Element | null): number =>
      place && getComputedStyle(place).display.startsWith('inline')
        ? roomOf(place.parentElement)
        : (place?.clientWidth ?? 0) - (place ? Number.parseFloat(getComputedStyle(place).paddingLeft) : 0);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(whole)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const parts = [...range.getClientRects()];
        const width = parts.reduce((sum, part) => sum + part.width, 0);
        const lines = new Set(parts.map(({ top }) => Math.round(top)));
        if (lines.size > 1 && width < roomOf(node.parentElement)) broken.push(`${word}: ${node.textContent}`);
      }
    }
    return broken;
  });
