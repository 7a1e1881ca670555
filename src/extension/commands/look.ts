import * as vscode from 'vscode';
import { isBlocked } from '../../core/setup/pre-flight.ts';
import { chooseCustomer } from '../choose-customer.ts';
import type { Command } from '../commands.ts';
import { lookAt } from '../set-up/look-at-customer.ts';

/** The document alone. */
export const previewChanges: Command = async (shell, target) => {
  await lookAt(await chooseCustomer(shell, target), shell);
};

/** The document, and in one sentence whether all is well. */
export const checkCustomer: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const { findings, plan } = await lookAt(known, shell);
  const { name } = known.customer;
  if (isBlocked(findings)) {
    const message = vscode.l10n.t('{0} cannot be set up yet; the document says who must do what.', name);
    return void vscode.window.showWarningMessage(message);
  }
  if (plan.changes.length === 0)
    return void vscode.window.showInformationMessage(vscode.l10n.t('{0}: everything is as wanted.', name));
  const go = vscode.l10n.t('Set Up Customer');
  const message = vscode.l10n.t('{0}: {1} changes are to be made.', name, plan.changes.length);
  if ((await vscode.window.showInformationMessage(message, go)) !== go) return;
  await vscode.commands.executeCommand('taExchange.setUpCustomer', known.file.uri);
};
