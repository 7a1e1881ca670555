import { setTimeout as pause } from 'node:timers/promises';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type Server, startServer } from './server.ts';
import { openWorkbench } from './workbench.ts';

export interface HostRun {
  /** Folder of the extension. */
  readonly extension: string;
  /** A package to install beside it. */
  readonly vsix?: string;
  /** The module whose `run` VS Code calls. */
  readonly suite: string;
  readonly open: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  print(line: string): void;
  /** Called with the window before VS Code loads. */
  readonly watch?: (page: Page) => Promise<void>;
}

/** The exit codes of our own, beside the suite's 0 and 1. */
const hung = 124;
const abnormal = 86;

/**
 * Runs a suite inside the extension host of a served VS Code, over the protocol of VS Code's own browser tests
 * (microsoft/vscode, test/integration/browser). Gives the exit code.
 */
export async function runInExtensionHost(run: HostRun): Promise<number> {
  const server = await startServer({
    driver: true,
    env: run.env,
    ...(run.vsix !== undefined && { vsix: run.vsix }),
  });
  const browser = await launchBrowser();
  try {
    const uri = (path: string) => `vscode-remote://${new URL(server.url).host}${path}`;
    const exit = Promise.withResolvers<number>();
    await openWorkbench(browser, server, {
      ...(run.open === undefined ? {} : { open: run.open }),
      payload: [
        ['extensionDevelopmentPath', uri(run.extension)],
        ['extensionTestsPath', uri(run.suite)],
      ],
      async prepare(page) {
        await run.watch?.(page);
        await exposeAutomation(page, run.print, exit.resolve);
      },
    });
    const code = await Promise.race([exit.promise, pause(run.timeoutMs, hung, { ref: false })]);
    return code === 0 ? await checkedEnd(server, run.print) : code;
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function exposeAutomation(page: Page, print: (line: string) => void, exit: (code: number) => void) {
  await page.exposeFunction('codeAutomationLog', (_kind: string, args: readonly unknown[]) =>
    print(format(...args)),
  );
  await page.exposeFunction('codeAutomationExit', (code: number) => exit(code));
}

/** VS Code reports 0 too for a host that was killed or ended itself: only the server's log tells them apart. */
async function checkedEnd(server: Server, print: (line: string) => void): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const end = /Extension Host Process exited with code: (\w+), signal: (\w+)/.exec(server.log());
    if (end?.[1] === '0' && end[2] === 'null') return 0;
    if (end) {
      print(`The extension host ended abnormally: ${end[0]}`);
      return abnormal;
    }
    await pause(100);
  }
  print('The end of the extension host was not seen.');
  return abnormal;
}
