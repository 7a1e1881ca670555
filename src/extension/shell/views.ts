import * as vscode from 'vscode';
import { registerEditing } from '../customers/editing/editing.ts';
import { createOverview } from '../customers/overview.ts';
import type { ListedCustomer } from '../customers/read-files.ts';
import { type CustomersView, registerCustomersView } from '../customers/tree/customers-view.ts';
import { noticeMilestones, registerContextKeys } from './context-keys.ts';
import { readSettings } from './settings.ts';
import type { Shell } from './shell.ts';
import { registerStatusBar } from './status-bar.ts';

/** Activation reads no file. The badge and the walkthrough want a look at them all the same, also while the view is closed. */
const firstLookMs = 2000;
/** A window that has just opened has other things to do than the daily check. */
const restMs = 5 * 60_000;
const hourMs = 60 * 60_000;

/** What needs no command: Customers view, status bar, help while editing customer files, and what goes on by itself. */
export function registerViews(shell: Shell): vscode.Disposable & Pick<CustomersView, 'commands'> {
  const overview = createOverview(shell);
  const view = registerCustomersView(shell, overview);
  const look = async (): Promise<readonly ListedCustomer[]> => {
    const all = await overview.all().catch(() => []);
    view.show(all);
    noticeMilestones(shell.context, all);
    return all;
  };
  const failed = (error: unknown): void => shell.log.error(`Views: ${String(error)}`);
  const lookFirst = async (): Promise<void> => {
    await shell.practice.resume();
    const all = await look();
    await resumeWaiting(all, shell);
    // Who has customers will do something with one: what all commands and pages need is there by then.
    if (all.length > 0) await import('../commands/table.ts');
  };
  const firstLook = setTimeout(() => void lookFirst().catch(failed), firstLookMs);
  const parts = vscode.Disposable.from(
    overview,
    view,
    overview.onDidChange(() => void look().catch(failed)),
    new vscode.Disposable(() => clearTimeout(firstLook)),
    scheduleDailyCheck(shell),
    registerContextKeys(shell),
    registerStatusBar(shell, overview),
    registerEditing(),
  );
  return { commands: view.commands, dispose: () => parts.dispose() };
}

async function resumeWaiting(all: readonly ListedCustomer[], shell: Shell): Promise<void> {
  const waiting = all.filter(({ record }) => record?.consent);
  if (waiting.length > 0) await (await import('../commands/table.ts')).resumeWaits(waiting, shell);
}

/** Where the user wants it, all customers are checked once a day. */
export function scheduleDailyCheck(shell: Shell): vscode.Disposable {
  const check = async (): Promise<void> => {
    if (readSettings().checkDaily) await (await import('../commands/table.ts')).checkDaily(shell);
  };
  const look = (): void => void check().catch((error) => shell.log.error(`Daily check: ${String(error)}`));
  const timers = [setTimeout(look, restMs), setInterval(look, hourMs)];
  return new vscode.Disposable(() => timers.forEach(clearTimeout));
}
