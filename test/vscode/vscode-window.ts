import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { packageFile } from './places.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';
import { viewContainerIcon } from './tree.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

export interface VscodeWindow extends Workbench {
  readonly browser: Browser;
  readonly server: Server;
  /** Ends browser and server. */
  close(): Promise<void>;
}

/** A fresh VS Code with our packed extension installed, in a window of Chromium. */
export async function openVscode(options: ServerOptions & WorkbenchOptions = {}): Promise<VscodeWindow> {
  const server = await startServer({ vsix: packageFile, ...options });
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  try {
    const workbench = await openWorkbench(browser, server, options);
    // VS Code knows our commands when it knows our views.
    await viewContainerIcon(workbench.page, 'T&A Exchange').waitFor({ timeout: 90_000 });
    return { ...workbench, browser, server, close };
  } catch (error) {
    await close();
    throw error;
  }
}
