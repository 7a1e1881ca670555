import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
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

/** Waits until a window that is loading has put back the editors that were open in it; what they show may come later. */
export async function restored(page: Page): Promise<void> {
  await painted(page);
  const isRestored = () => performance.getEntriesByName('code/LifecyclePhase/Restored').length > 0;
  await page.waitForFunction(isRestored, undefined, { timeout: paintedMs });
}

/** Reloads a window that has kept all of these texts: in a browser VS Code writes it every five seconds, and does not wait for it when the page goes. */
export async function reloadOnceKept(page: Page, ...texts: readonly string[]): Promise<void> {
  const end = Date.now() + paintedMs;
  for (const text of texts)
    for (; !(await page.evaluate(isKept, text)); await pause(200))
      if (Date.now() > end) throw new Error(`VS Code has not kept "${text}".`);
  await page.reload();
  await painted(page);
}

/** Runs in the page: whether VS Code has written the text into one of the databases of its state; its others are large. */
async function isKept(text: string): Promise<boolean> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const values: unknown[] = await done(database.transaction(store).objectStore(store).getAll());
      if (values.some((value) => typeof value === 'string' && value.includes(text))) return true;
    }
    database.close();
  }
  return false;
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
