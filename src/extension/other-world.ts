import * as vscode from 'vscode';
import type { KnownCustomer } from './choose-customer.ts';
import type { Shell } from './shell.ts';

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
