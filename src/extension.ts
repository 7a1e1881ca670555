import * as vscode from 'vscode';
import type { Started } from './extension/start.ts';

/** What package.json says of a command, as far as it matters here. */
type Contributed = readonly { readonly command: string; readonly title: string }[];

/** What a suite works with. */
export interface ForSuites {
  readonly started: () => Promise<Started>;
}

/**
 * Registers the commands, which VS Code may call as soon as this returns, and nothing else: no network, no file, no secret. For all other
 * things VS Code waits until they are registered. Each file that is loaded here is one that the start of the window waits for, so this one
 * stands alone.
 */
export function activate(context: vscode.ExtensionContext): ForSuites | undefined {
  let starting: Promise<Started> | undefined;
  const started = (): Promise<Started> => {
    starting ??= import('./extension/start.ts').then(({ startExtension }) => startExtension(context));
    return starting;
  };
  const contributed: Contributed = context.extension.packageJSON.contributes.commands;
  for (const { command: id, title } of contributed) {
    const run = async (item: unknown): Promise<void> => (await started()).run(id, title, item);
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  setImmediate(() => void started());
  // VS Code sets this mode in a window that runs a suite, and in no other.
  return context.extensionMode === vscode.ExtensionMode.Test ? { started } : undefined;
}
