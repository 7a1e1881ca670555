import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { askToAgree } from '../ask/ask-pick.ts';
import { forgetOwnKey } from '../customers/two-person/own-key.ts';
import { forgetWaits } from '../set-up/waits.ts';
import type { Command } from '../shell/shell.ts';

/**
 * Removes what VS Code keeps for the extension, to be run before it is uninstalled: nothing can reach SecretStorage after
 * that. Files and tenants stay, and the question says so.
 */
export const removeAllData: Command = async ({ context, secrets, sessions, customers }) => {
  if (!(await confirmRemoval())) throw new vscode.CancellationError();
  await secrets.forgetAll();
  await forgetOwnKey(context);
  await forgetWaits(context);
  sessions.signOut();
  await empty(context.globalState);
  await empty(context.workspaceState);
  // A practice tenant that is running ends with its window.
  for (const uri of [context.globalStorageUri, context.storageUri])
    if (uri) await rm(uri.fsPath, { recursive: true, force: true });
  customers.changed();
  void vscode.window.showInformationMessage(
    vscode.l10n.t('VS Code no longer keeps anything of T&A Exchange.'),
  );
};

async function empty(memory: vscode.Memento): Promise<void> {
  for (const key of memory.keys()) await memory.update(key, undefined);
}

async function confirmRemoval(): Promise<boolean> {
  const remove = vscode.l10n.t('Remove');
  const detail = [
    vscode.l10n.t(
      'Removed: the list of customers, the copies of client secrets and the age key in VS Code, the sign-ins, and what was typed and not saved or sent.',
    ),
    vscode.l10n.t('Kept: the files on disk, and everything in the tenants.'),
  ].join('\n');
  const question = vscode.l10n.t('Remove everything that VS Code keeps of T&A Exchange?');
  return await askToAgree(question, detail, remove);
}
