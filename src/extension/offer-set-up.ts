import * as vscode from 'vscode';
import type { KnownCustomer } from './choose-customer.ts';

/** For commands that need what only a set-up makes. */
export async function offerSetUp({ customer, file }: KnownCustomer): Promise<void> {
  const go = vscode.l10n.t('Set Up Customer');
  const message = vscode.l10n.t('{0} is not set up yet, so there are no e-mail preferences.', customer.name);
  if ((await vscode.window.showInformationMessage(message, go)) !== go) return;
  await vscode.commands.executeCommand('taExchange.setUpCustomer', file.uri);
}
