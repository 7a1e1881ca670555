import * as vscode from 'vscode';
import type { Shell } from '../shell/shell.ts';
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

/**
 * A customer's secret never goes to the practice tenant, and a rehearsed one never to Microsoft: the person may start or
 * stop the practice tenant, and ask again. Throws a CancellationError.
 */
export async function refuseOtherWorld({ record }: KnownCustomer, { practice }: Shell): Promise<void> {
  const here = practice.running ? 'practice' : 'production';
  if (!record || record.kind === here) return;
  const rehearsed = record.kind === 'practice';
  const message = rehearsed
    ? vscode.l10n.t('This customer was set up in the practice tenant, which does not run.')
    : vscode.l10n.t(
        'This customer was set up at Microsoft; while the practice tenant runs nothing is sent there.',
      );
  const [move, command] = rehearsed
    ? [vscode.l10n.t('Start Practice Tenant'), 'taExchange.startPracticeTenant']
    : [vscode.l10n.t('Stop Practice Tenant'), 'taExchange.stopPracticeTenant'];
  if ((await vscode.window.showWarningMessage(message, move)) === move)
    await vscode.commands.executeCommand(command);
  throw new vscode.CancellationError();
}
