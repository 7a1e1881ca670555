import * as vscode from 'vscode';
import { runCommand } from './run-command.ts';
import type { Shell } from './shell.ts';

/** A command's work. `target`: the tree item, file or link it was called on, untrusted; `undefined` from the palette. */
export type Command = (shell: Shell, target: unknown) => Promise<void>;

/** The command table. A command's code is loaded when it first runs. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  'taExchange.showLog': async () => (await import('./commands/show-log.ts')).showLog,
};

export function registerCommands(shell: Shell): vscode.Disposable {
  const registered = Object.entries(commands).map(([id, load]) =>
    vscode.commands.registerCommand(id, (target: unknown) =>
      runCommand(shell, id, async () => (await load())(shell, target)),
    ),
  );
  return vscode.Disposable.from(...registered);
}
