import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Server } from './server.ts';

export interface WorkbenchOptions {
  /** Folder, or `.code-workspace` file, to open. Without one the window is empty. */
  readonly open?: string;
  /** What VS Code's own browser tests hand over in the address: pairs of name and value. */
  readonly payload?: readonly (readonly [name: string, value: string])[];
  /** Called with the page before VS Code loads. */
  readonly prepare?: (page: Page) => Promise<void>;
  readonly context?: BrowserContextOptions;
}

export interface Workbench {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses outside this machine that the window asked for. Each was refused. */
  readonly outside: readonly string[];
}

/** Three seconds on a machine at rest. */
const paintedMs = 180_000;

/** A window of VS Code, painted. */
export async function openWorkbench(
  browser: Browser,
  server: Server,
  options: WorkbenchOptions = {},
): Promise<Workbench> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options.context });
  const outside: string[] = [];
  await context.route(leavesMachine, (route) => {
    outside.push(route.request().url());
    return route.abort();
  });
  // code-server's own front serves this key. Without it VS Code forgets its secrets when the window is reloaded.
  const key = randomBytes(32);
  await context.route('**/mint-key', (route) =>
    route.fulfill({ body: key, contentType: 'application/octet-stream' }),
  );
  const page = await context.newPage();
  page.setDefaultNavigationTimeout(paintedMs);
  await options.prepare?.(page);
  await page.goto(`${server.url}/?${addressOf(options)}`);
  await painted(page);
  return { page, context, outside };
}

/** Waits for a window that is loading. */
export async function painted(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: paintedMs });
}

function leavesMachine(url: URL): boolean {
  return url.hostname !== '127.0.0.1' && /^(https?|wss?):$/.test(url.protocol);
}

function addressOf({ open, payload }: WorkbenchOptions): URLSearchParams {
  const address = new URLSearchParams();
  if (open === undefined) address.set('ew', 'true');
  else address.set(open.endsWith('.code-workspace') ? 'workspace' : 'folder', open);
  if (payload) address.set('payload', JSON.stringify(payload));
  return address;
}
