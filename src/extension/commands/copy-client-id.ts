import * as vscode from 'vscode';
import { chooseForFiles } from '../customers/choose.ts';
import type { Command } from '../shell/shell.ts';

export const copyClientId: Command = async (shell, target) => {
  const { record, customer } = await chooseForFiles(shell, target);
  const clientId = record?.application?.clientId;
  if (!clientId) {
    const message = vscode.l10n.t('{0} has no application yet, so there is no client id.', customer.name);
    return void vscode.window.showInformationMessage(message);
  }
  await vscode.env.clipboard.writeText(clientId);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Client id copied.'), 3000);
};
