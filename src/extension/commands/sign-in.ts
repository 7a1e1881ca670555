import * as vscode from 'vscode';
import { clouds } from '../../core/cloud/clouds.ts';
import { resolveTenant } from '../../core/sign-in/resolve-tenant.ts';
import { plain } from '../../core/words/say.ts';
import { chooseCustomer } from '../customers/choose.ts';
import { withRun } from '../set-up/shown-run.ts';
import type { Command } from '../shell/shell.ts';

export const signIn: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const { customer } = known;
  const title = vscode.l10n.t('Signing in as admin of {0}', customer.name);
  const { admin } = await withRun(known, shell, title, async (run) => {
    const question = { http: run.http, cloud: clouds[customer.cloud], tenant: customer.tenant };
    const { tenantId } = await resolveTenant(question, run.signal);
    return await shell.sessions.signIn(customer, tenantId, run);
  });
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Signed in as {0} in {1}.', plain(admin.userPrincipalName), customer.tenant),
  );
};
