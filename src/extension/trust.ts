import * as vscode from 'vscode';

/** Files of a folder that is not trusted are not read: they could name any tenant and any sender. Throws a CancellationError. */
export async function refuseUntrusted(uri: vscode.Uri): Promise<void> {
  if (vscode.workspace.isTrusted || !vscode.workspace.getWorkspaceFolder(uri)) return;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('This folder is in Restricted Mode, so its customer files are not used.'),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  throw new vscode.CancellationError();
}
