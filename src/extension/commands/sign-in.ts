import * as vscode from 'vscode';
import { clouds } from '../../core/cloud/clouds.ts';
import { resolveTenant } from '../../core/sign-in/resolve-tenant.ts';
import { chooseCustomer } from '../customers/choose.ts';
import { withCustomerRun } from '../set-up/shown-run.ts';
import type { Command } from '../shell/shell.ts';

/** On the customer's page; whatever is done next in this tenant asks no more. */
export const signIn: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const { customer } = known;
  const title = vscode.l10n.t('Signing in as admin of {0}', customer.name);
  await withCustomerRun(known, shell, { title, command: 'signIn' }, async (run) => {
    const question = { http: run.http, cloud: clouds[customer.cloud], tenant: customer.tenant };
    const { tenantId } = await resolveTenant(question, run.signal);
    run.change({ admin: (await shell.sessions.signIn(customer, tenantId, run)).admin });
  });
};
