import * as vscode from 'vscode';
import { plain } from '../../core/words/say.ts';
import { askOne, type Option } from '../ask/ask-pick.ts';
import { customerFile } from '../customers/list.ts';
import { readCustomerState } from '../customers/state.ts';
import { forgetWaits } from '../set-up/waits.ts';
import type { Command } from '../shell/shell.ts';
import { targetUri } from '../shell/trust.ts';

/** On a customer: its tenant's admin. From the palette: the one picked, or all. What was kept of a sign-in goes too. */
export const signOut: Command = async ({ sessions, context, customers }, target) => {
  const end = async (tenantId?: string): Promise<void> => {
    sessions.signOut(tenantId);
    await forgetWaits(context, tenantId);
  };
  const uri = targetUri(target);
  if (uri) {
    const { record } = await readCustomerState(customerFile(uri), customers);
    return await end(record?.tenant.id);
  }
  const signedIn = sessions.all();
  if (signedIn.length === 0)
    void vscode.window.showInformationMessage(vscode.l10n.t('You are not signed in.'));
  if (signedIn.length < 2) return await end();
  const options: Option<() => Promise<void>>[] = [
    { value: () => end(), label: vscode.l10n.t('Everybody') },
    ...signedIn.map(({ admin, tenantId }) => ({
      value: () => end(tenantId),
      label: plain(admin.userPrincipalName),
    })),
  ];
  const placeholder = vscode.l10n.t('Which account do you want to sign out?');
  const signOutThem = await askOne({ placeholder, options }, vscode.l10n.t('Sign Out'));
  await signOutThem();
};
