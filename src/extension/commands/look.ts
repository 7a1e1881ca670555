import * as vscode from 'vscode';
import { chooseCustomer } from '../customers/choose.ts';
import { lookAtCustomer, lookForChanges } from '../set-up/look-at-customer.ts';
import type { Command } from '../shell/shell.ts';

/** The document alone. */
export const previewChanges: Command = async (shell, target) => {
  await lookAtCustomer(await chooseCustomer(shell, target), shell);
};

/** The document, and in one sentence whether all is well. */
export const checkCustomer: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const plan = await lookForChanges(known, shell);
  if (!plan) return;
  const go = vscode.l10n.t('Set Up Customer');
  const message = vscode.l10n.t('{0}: {1} changes are to be made.', known.customer.name, plan.changes.length);
  if ((await vscode.window.showInformationMessage(message, go)) !== go) return;
  await vscode.commands.executeCommand('taExchange.setUpCustomer', known.file.uri);
};
