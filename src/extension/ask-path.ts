import * as vscode from 'vscode';

/** Where a new file goes. Throws a CancellationError on Esc, and where that is no place of this machine. */
export async function askSavePath(options: vscode.SaveDialogOptions): Promise<string> {
  return pathOf(await vscode.window.showSaveDialog(options));
}

/** A file, or a folder, that is there. Throws as `askSavePath` does. */
export async function askOpenPath(options: vscode.OpenDialogOptions): Promise<string> {
  return pathOf((await vscode.window.showOpenDialog(options))?.[0]);
}

export const elsewhere = ({ scheme }: vscode.Uri): string =>
  vscode.l10n.t('The files need a folder of this machine; this one is elsewhere ({0}).', scheme);

function pathOf(uri: vscode.Uri | undefined): string {
  if (uri?.scheme === 'file') return uri.fsPath;
  if (uri) void vscode.window.showWarningMessage(elsewhere(uri));
  throw new vscode.CancellationError();
}
