import * as vscode from 'vscode';
import type { KnownCustomer } from './choose.ts';

/** For commands that need what only a set-up makes. The secret that a script made may be with the customer's admin. */
export async function offerSetUp({ customer, record, file }: KnownCustomer): Promise<void> {
  const go = vscode.l10n.t('Set Up Customer');
  const message = record?.secret
    ? vscode.l10n.t(
        "{0}: the client secret is not here. If the customer's admin has it, go on in T&A; a set-up here makes another one.",
        customer.name,
      )
    : vscode.l10n.t('{0} is not set up yet.', customer.name);
  if ((await vscode.window.showInformationMessage(message, go)) !== go) return;
  await vscode.commands.executeCommand('taExchange.setUpCustomer', file.uri);
}
