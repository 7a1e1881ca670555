import * as vscode from 'vscode';
import { viewCommands } from './extension/customers/tree/customers-view.ts';
import { registerForm } from './extension/mail-form/open-form.ts';
import type { createSetUpHost } from './extension/set-up/page.ts';
import { registerSetUpPages } from './extension/set-up/pages.ts';
import { registerCommands } from './extension/shell/commands.ts';
import { createShell, type Shell } from './extension/shell/shell.ts';
import { registerViews } from './extension/shell/views.ts';

/** What a suite works with: classes of the bundle that it is built into are others than the extension's own. */
export interface Tested extends Shell {
  readonly createPage: (
    ...of: Parameters<typeof createSetUpHost>
  ) => Promise<ReturnType<typeof createSetUpHost>>;
}

/** Registers and does nothing else: no network, no file, no secret, none of the heavy libraries. */
export function activate(context: vscode.ExtensionContext): Tested | undefined {
  const shell = createShell(context);
  context.subscriptions.push(
    shell,
    registerCommands(shell, viewCommands),
    registerForm(shell),
    registerSetUpPages(shell),
    registerViews(shell),
  );
  // VS Code sets this mode in a window that runs a suite, and in no other.
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  const createPage: Tested['createPage'] = async (...of) =>
    (await import('./extension/commands/table.ts')).createSetUpHost(...of);
  return Object.assign(shell, { createPage });
}
