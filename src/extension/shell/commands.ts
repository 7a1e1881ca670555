import * as vscode from 'vscode';
import { runCommand } from './run-command.ts';
import type { Command, Shell } from './shell.ts';

/** What package.json says of a command, as far as it matters here. */
type Contributed = readonly { readonly command: string; readonly title: string }[];

/** `taExchange.NAME` runs what the table exports by that name. `others`: contributed commands that are registered elsewhere. */
export function registerCommands(shell: Shell, others: readonly string[]): vscode.Disposable {
  const contributed: Contributed = shell.context.extension.packageJSON.contributes.commands;
  const ours = contributed.filter(({ command }) => !others.includes(command));
  const registered = ours.map(({ command: id, title }) =>
    vscode.commands.registerCommand(id, (item: unknown) => {
      const target = { item, commandTitle: title.replace(/(…|\.{3})$/, '') };
      return runCommand(shell, id, async () => (await commandOf(id))(shell, target));
    }),
  );
  return vscode.Disposable.from(...registered);
}

async function commandOf(id: string): Promise<Command> {
  const { resumeWaits, mirror, customerWith, showSetUp, createSetUpHost, ...table } = await import(
    '../commands/table.ts'
  );
  const commands: Readonly<Record<string, Command>> = table;
  const command = commands[id.replace('taExchange.', '')];
  if (!command) throw new Error(`package.json has a command that is not in the table: ${id}`);
  return command;
}
