import * as vscode from 'vscode';
import { wantsAction } from '../../core/check/checked.ts';
import { dayMs } from '../../core/words/moment.ts';
import type { Shell } from '../shell/shell.ts';
import { checkCustomers, ofThisWorld } from './check-customers.ts';

const lastKey = 'lastDailyCheck';

/** Checks all customers unless they were checked within the last day, and tells in one message what needs action. */
export async function checkDaily(shell: Shell): Promise<void> {
  const { globalState } = shell.context;
  const last = globalState.get<number>(lastKey, 0);
  const isDue = Date.now() - last >= dayMs || last > Date.now();
  // A rehearsal is no reason to look at customers, and while it runs nothing goes to Microsoft.
  if (!isDue || !vscode.workspace.isTrusted || shell.practice.running) return;
  await globalState.update(lastKey, Date.now());
  const files = await ofThisWorld(await shell.customers.list(), shell);
  if (files.length === 0) return;
  const { signal } = new AbortController();
  const seen = await checkCustomers(files, shell, { mayBeFresh: true, signal, tell: () => undefined });
  // Without a network there was no check, so the next hour tries again.
  if (!seen.some(({ looked }) => looked)) await globalState.update(lastKey, last);
  await tell(seen.filter(wantsAction).length);
}

async function tell(count: number): Promise<void> {
  if (count === 0) return;
  const show = vscode.l10n.t('Show');
  const message =
    count === 1
      ? vscode.l10n.t('The daily check found 1 customer that needs action.')
      : vscode.l10n.t('The daily check found {0} customers that need action.', count);
  if ((await vscode.window.showWarningMessage(message, show)) !== show) return;
  await vscode.commands.executeCommand('taExchange.checkAllCustomers');
}
