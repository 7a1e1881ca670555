import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { readCustomerState } from '../customer-state.ts';
import { customerFile } from '../customers.ts';
import { forgetWaits } from '../set-up/waits.ts';
import { targetUri } from '../target-uri.ts';

/** On a customer: its tenant's admin. From the palette: the one picked, or all. What was kept of a sign-in goes too. */
export const signOut: Command = async ({ sessions, context }, target) => {
  const end = async (tenantId?: string): Promise<void> => {
    sessions.signOut(tenantId);
    await forgetWaits(context, tenantId);
  };
  const uri = targetUri(target);
  if (uri) {
    const { record } = await readCustomerState(customerFile(uri));
    return await end(record?.tenant.id);
  }
  const signedIn = sessions.all();
  if (signedIn.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('Nobody is signed in.'));
  if (signedIn.length < 2) return await end();
  const picked = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('Everybody'), tenantId: undefined },
      ...signedIn.map(({ admin, tenantId }) => ({ label: admin.userPrincipalName, tenantId })),
    ],
    { placeHolder: vscode.l10n.t('Who shall be signed out?') },
  );
  if (picked) await end(picked.tenantId);
};
