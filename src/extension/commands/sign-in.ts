import * as vscode from 'vscode';
import { clouds } from '../../core/cloud/clouds.ts';
import { resolveTenant } from '../../core/sign-in/resolve-tenant.ts';
import { plain } from '../../core/words/say.ts';
import { askOne, type Option } from '../ask/ask-pick.ts';
import { chooseCustomer } from '../customers/choose.ts';
import { customerFile } from '../customers/list.ts';
import { readCustomerState } from '../customers/state.ts';
import { withCustomerRun } from '../set-up/shown-run.ts';
import { forgetWaits } from '../set-up/waits.ts';
import type { Command } from '../shell/shell.ts';
import { targetUri } from '../shell/trust.ts';

/** On the customer's page; whatever is done next in this tenant asks no more. */
export const signIn: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const { customer } = known;
  const title = vscode.l10n.t('Signing in as an administrator of {0}', customer.name);
  await withCustomerRun(known, shell, { title, command: 'signIn' }, async (run) => {
    const question = { http: run.http, cloud: clouds[customer.cloud], tenant: customer.tenant };
    const { tenantId } = await resolveTenant(question, run.signal);
    run.change({ admin: (await shell.sessions.signIn(customer, tenantId, run)).admin });
  });
};

/** On a customer: its tenant's admin. From the palette: the one picked, or all. What was kept of a sign-in goes too. */
export const signOut: Command = async ({ sessions, context, customers }, target) => {
  const end = async (tenantId?: string): Promise<void> => {
    sessions.signOut(tenantId);
    await forgetWaits(context, tenantId);
  };
  const uri = targetUri(target.item);
  if (uri) {
    const { record } = await readCustomerState(customerFile(uri), customers);
    return await end(record?.tenant.id);
  }
  const signedIn = sessions.all();
  if (signedIn.length === 0)
    void vscode.window.showInformationMessage(vscode.l10n.t('You are not signed in.'));
  if (signedIn.length < 2) return await end();
  const options: Option<() => Promise<void>>[] = [
    { value: () => end(), label: vscode.l10n.t('All accounts') },
    ...signedIn.map(({ admin, tenantId }) => ({
      value: () => end(tenantId),
      label: plain(admin.userPrincipalName),
    })),
  ];
  const question = vscode.l10n.t('Which account do you want to sign out?');
  const signOutThem = await askOne({ question, options }, vscode.l10n.t('Sign Out'));
  await signOutThem();
};
