import * as vscode from 'vscode';
import { chooseFile } from '../choose-customer.ts';
import type { Command } from '../command.ts';

export const openCustomerFile: Command = async (shell, target) => {
  const { uri } = await chooseFile(shell, target);
  await vscode.window.showTextDocument(uri);
};
