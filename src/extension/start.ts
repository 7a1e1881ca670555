import type * as vscode from 'vscode';
import { registerForm } from './mail-form/open-form.ts';
import type { createSetUpHost } from './set-up/page.ts';
import { registerSetUpPages } from './set-up/pages.ts';
import { runCommand } from './shell/run-command.ts';
import { type Command, createShell, type Shell } from './shell/shell.ts';
import { registerViews } from './shell/views.ts';

export interface Started {
  /** Runs a command of package.json. `item`: what it was called on. */
  run(id: string, title: string, item: unknown): Promise<void>;
  readonly shell: Shell;
  /** For a suite: classes of the bundle that it is built into are others than the extension's own. */
  readonly createPage: (
    ...of: Parameters<typeof createSetUpHost>
  ) => Promise<ReturnType<typeof createSetUpHost>>;
}

/** Registers all but the commands, and does nothing else: none of the heavy libraries is loaded. */
export function startExtension(context: vscode.ExtensionContext): Started {
  const shell = createShell(context);
  const views = registerViews(shell);
  context.subscriptions.push(shell, registerForm(shell), registerSetUpPages(shell), views);
  return {
    shell,
    run(id, title, item) {
      const target = { item, commandTitle: title.replace(/(…|\.{3})$/, '') };
      const name = id.replace('taExchange.', '');
      return runCommand(shell, id, async () => {
        const command = views.commands[name] ?? (await commandOf(name));
        await command(shell, target);
      });
    },
    createPage: async (...of) => (await import('./commands/table.ts')).createSetUpHost(...of),
  };
}

/** `taExchange.NAME` runs what the table exports by that name. */
async function commandOf(name: string): Promise<Command> {
  const { resumeWaits, mirror, customerWith, showSetUp, createSetUpHost, showForm, checkDaily, ...table } =
    await import('./commands/table.ts');
  const commands: Readonly<Record<string, Command>> = table;
  const command = commands[name];
  if (!command) throw new Error(`package.json has a command that is not in the table: ${name}`);
  return command;
}
