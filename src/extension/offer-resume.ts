import * as vscode from 'vscode';
import type { ReadCustomer } from './overview.ts';

/**
 * A sign-in does not outlive its window, and so the wait for a consent ends with it. The next window offers to go on, for
 * one customer: the others are seen in the list.
 */
export async function offerResume(all: readonly ReadCustomer[]): Promise<void> {
  const waiting = all.find(({ record }) => record?.consent);
  if (!waiting) return;
  const goOn = vscode.l10n.t('Go On');
  const name = waiting.customer?.name ?? waiting.file.stem;
  const message = vscode.l10n.t('{0} waits for the consent of an admin with more rights.', name);
  if ((await vscode.window.showInformationMessage(message, goOn)) !== goOn) return;
  await vscode.commands.executeCommand('taExchange.resumeSetUp', waiting.file.uri);
}
