import * as vscode from 'vscode';
import { needsAction, standingOf } from '../../core/customer/standing.ts';
import { customerFile } from './list.ts';
import type { Overview } from './overview.ts';

/** Rows of rehearsed customers have an address of this scheme, by which VS Code finds their decoration. */
const practiceScheme = 'ta-exchange-practice';

export const practiceUri = (customer: vscode.Uri): vscode.Uri =>
  vscode.Uri.from({ scheme: practiceScheme, path: customer.path });

/** The letters at the right edge of a row, where a narrow side bar cuts nothing off. */
export function registerDecorations(overview: Overview): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  return vscode.Disposable.from(
    changed,
    // VS Code then asks about the files in view alone, under whatever URI it has them.
    overview.onDidChange(() => changed.fire(undefined)),
    vscode.window.registerFileDecorationProvider({
      onDidChangeFileDecorations: changed.event,
      provideFileDecoration: (uri) => practiceMark(uri) ?? actionMark(uri, overview),
    }),
  );
}

/** Tells a rehearsed customer in the Customers view. */
function practiceMark({ scheme }: vscode.Uri): vscode.FileDecoration | undefined {
  if (scheme !== practiceScheme) return undefined;
  return mark('P', vscode.l10n.t('PRACTICE: set up in the practice tenant'));
}

/** Marks customer files that someone should act on, wherever VS Code lists files. */
async function actionMark(uri: vscode.Uri, overview: Overview): Promise<vscode.FileDecoration | undefined> {
  if (!uri.path.endsWith('.ta-customer.json') || !vscode.workspace.isTrusted) return undefined;
  if (!needsAction(standingOf(await overview.of(customerFile(uri)), Date.now()).status)) return undefined;
  return mark('!', vscode.l10n.t('This T&A customer needs action'));
}

const mark = (letter: string, tooltip: string): vscode.FileDecoration =>
  new vscode.FileDecoration(letter, tooltip, new vscode.ThemeColor('list.warningForeground'));
