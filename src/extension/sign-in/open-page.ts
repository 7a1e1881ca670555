import * as vscode from 'vscode';

/** Rejects where the person or the system refuses to open it. */
export async function openPage(url: string): Promise<void> {
  const opened = await vscode.env.openExternal(vscode.Uri.parse(url, true));
  if (!opened) throw new Error('The page was not opened.');
}
