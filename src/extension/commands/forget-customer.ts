import * as vscode from 'vscode';
import { clientIdIn } from '../../core/customer/record.ts';
import { askToAgree } from '../ask/ask-pick.ts';
import { chooseFile } from '../customers/choose.ts';
import { readCustomerState } from '../customers/state.ts';
import { customerId } from '../mail-form/form-customers.ts';
import { forgetForm } from '../mail-form/memory.ts';
import { keepDraft } from '../set-up/draft.ts';
import { forgetWait } from '../set-up/waits.ts';
import { forgetWritten } from '../set-up/written-files.ts';
import type { Command } from '../shell/shell.ts';

/** Removes what VS Code keeps about a customer. Files and tenant stay, and the question says so. */
export const forgetCustomer: Command = async (shell, target) => {
  const file = await chooseFile(shell, target);
  const { customer, record } = await readCustomerState(file, shell.customers);
  const name = customer?.name ?? file.stem;
  if (!(await confirmForgetting(name))) throw new vscode.CancellationError();
  const { globalState, workspaceState } = shell.context;
  const clientId = record && clientIdIn(record);
  if (clientId !== undefined) await shell.secrets.forget(clientId);
  await keepDraft(globalState, file.uri.toString(), undefined);
  await forgetForm(workspaceState, customerId(file.uri));
  await forgetWritten(shell.context, file.uri);
  await forgetWait(shell.context, file.uri);
  if (record && shell.sessions.current(record.tenant.id)) shell.sessions.signOut(record.tenant.id);
  await shell.customers.forget(file.uri);
};

async function confirmForgetting(name: string): Promise<boolean> {
  const forget = vscode.l10n.t('Forget');
  const detail = [
    vscode.l10n.t(
      'Removed: the entry in the list, the copy of the client secret in VS Code, the sign-in, what was typed and not saved or sent.',
    ),
    vscode.l10n.t(
      'Kept: the files on disk (one in this workspace stays in the list), and everything in the tenant.',
    ),
  ].join('\n');
  const question = vscode.l10n.t('Forget {0}?', name);
  return await askToAgree(question, detail, forget);
}
