import * as vscode from 'vscode';
import { viewCommands } from './extension/customers/tree/customers-view.ts';
import { registerForm } from './extension/mail-form/open-form.ts';
import { registerSetUpPages } from './extension/set-up/pages.ts';
import { registerCommands } from './extension/shell/commands.ts';
import { createShell, type Shell } from './extension/shell/shell.ts';
import { registerViews } from './extension/shell/views.ts';

/** Registers and does nothing else: no network, no file, no secret, none of the heavy libraries. */
export function activate(context: vscode.ExtensionContext): Shell | undefined {
  const shell = createShell(context);
  context.subscriptions.push(
    shell,
    registerCommands(shell, viewCommands),
    registerForm(shell),
    registerSetUpPages(shell),
    registerViews(shell),
  );
  // VS Code sets this mode in a window that runs a suite, and in no other.
  return context.extensionMode === vscode.ExtensionMode.Test ? shell : undefined;
}
