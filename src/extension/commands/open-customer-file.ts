import * as vscode from 'vscode';
import { chooseFile } from '../customers/choose.ts';
import type { Command } from '../shell/shell.ts';

export const openCustomerFile: Command = async (shell, target) => {
  const { uri } = await chooseFile(shell, target);
  await vscode.window.showTextDocument(uri);
};
