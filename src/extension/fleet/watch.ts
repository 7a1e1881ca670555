import * as vscode from 'vscode';
import { needsAction, standingOf } from '../../core/customer/standing.ts';
import { customerFile } from '../customers/list.ts';
import type { Overview } from '../customers/overview.ts';
import { readSettings } from '../shell/settings.ts';
import type { Shell } from '../shell/shell.ts';

/** A window that has just opened has other things to do. */
const restMs = 5 * 60_000;
const hourMs = 60 * 60_000;

/** Marks customer files that someone should act on, wherever VS Code lists files, and checks them daily where that is wanted. */
export function watchFleet(shell: Shell, overview: Overview): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const provideFileDecoration = async (uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> => {
    if (!uri.path.endsWith('.ta-customer.json') || !vscode.workspace.isTrusted) return undefined;
    if (!needsAction(standingOf(await overview.of(customerFile(uri)), Date.now()).status)) return undefined;
    const tooltip = vscode.l10n.t('This T&A customer needs action');
    return new vscode.FileDecoration('!', tooltip, new vscode.ThemeColor('list.warningForeground'));
  };
  const check = async (): Promise<void> => {
    if (readSettings().checkDaily) await (await import('./daily.ts')).checkIfDue(shell);
  };
  const look = (): void => void check().catch((error) => shell.log.error(`Daily check: ${String(error)}`));
  const timers = [setTimeout(look, restMs), setInterval(look, hourMs)];
  return vscode.Disposable.from(
    changed,
    // VS Code then asks about the files in view alone, under whatever URI it has them.
    overview.onDidChange(() => changed.fire(undefined)),
    vscode.window.registerFileDecorationProvider({
      onDidChangeFileDecorations: changed.event,
      provideFileDecoration,
    }),
    new vscode.Disposable(() => timers.forEach(clearTimeout)),
  );
}
