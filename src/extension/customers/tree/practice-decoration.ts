import * as vscode from 'vscode';

/** Rows of rehearsed customers have an address of this scheme, by which VS Code finds their decoration. */
const scheme = 'ta-exchange-practice';

export const practiceUri = (customer: vscode.Uri): vscode.Uri =>
  vscode.Uri.from({ scheme, path: customer.path });

/** The letter and the colour that tell a rehearsed customer, at the right edge where a narrow side bar cuts nothing off. */
export function registerPracticeDecoration(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) =>
      uri.scheme === scheme
        ? new vscode.FileDecoration(
            'P',
            vscode.l10n.t('PRACTICE: set up in the practice tenant'),
            new vscode.ThemeColor('list.warningForeground'),
          )
        : undefined,
  });
}
