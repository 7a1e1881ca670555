import * as vscode from 'vscode';

/** What one may do with a customer, above the first line of its file. */
export function createCodeLenses(): vscode.CodeLensProvider {
  return {
    onDidChangeCodeLenses: vscode.workspace.onDidGrantWorkspaceTrust,
    provideCodeLenses({ uri }) {
      if (!vscode.workspace.isTrusted) return [];
      const top = new vscode.Range(0, 0, 0, 0);
      const lens = (title: string, command: string): vscode.CodeLens =>
        new vscode.CodeLens(top, { title, command, arguments: [uri] });
      return [
        lens(vscode.l10n.t('Preview Changes'), 'taExchange.previewChanges'),
        lens(vscode.l10n.t('Set Up'), 'taExchange.resumeSetUp'),
        lens(vscode.l10n.t('Send Test Email…'), 'taExchange.sendTestEmail'),
      ];
    },
  };
}
