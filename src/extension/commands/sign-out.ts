import * as vscode from 'vscode';
import type { Command } from '../commands.ts';
import { readCustomerState } from '../customer-state.ts';
import { customerFile } from '../customers.ts';
import { targetUri } from '../target-uri.ts';

/** On a customer: its tenant's admin. From the palette: the one picked, or all. */
export const signOut: Command = async ({ sessions }, target) => {
  const uri = targetUri(target);
  if (uri) {
    const { record } = await readCustomerState(customerFile(uri));
    return sessions.signOut(record?.tenant.id);
  }
  const signedIn = sessions.all();
  if (signedIn.length === 0)
    return void vscode.window.showInformationMessage(vscode.l10n.t('Nobody is signed in.'));
  if (signedIn.length === 1) return sessions.signOut();
  const picked = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('Everybody'), tenantId: undefined },
      ...signedIn.map(({ admin, tenantId }) => ({ label: admin.userPrincipalName, tenantId })),
    ],
    { placeHolder: vscode.l10n.t('Who shall be signed out?') },
  );
  if (picked) sessions.signOut(picked.tenantId);
};
