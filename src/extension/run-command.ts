import * as vscode from 'vscode';
import { Failure } from '../core/advice/failure.ts';
import type { Shell } from './shell.ts';

/** The one catch of the extension: a failure is logged with its codes and shown as one message with its next move. */
export async function runCommand({ log }: Shell, id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof vscode.CancellationError) return;
    if (!(error instanceof Failure)) {
      log.error(`${id}: ${error instanceof Error ? error.stack : String(error)}`);
      throw error;
    }
    log.error(failureLines(id, error));
    await showFailure(error, log);
  }
}

function failureLines(
  id: string,
  { message, code, doing, status, requestId, detail, advice }: Failure,
): string {
  const facts = [code, status && `HTTP ${status}`, requestId && `request id ${requestId}`]
    .filter(Boolean)
    .join(', ');
  const lines = [
    `${id}: ${message}`,
    `Code: ${facts} (${doing})`,
    `Why: ${advice.cause}`,
    `Who: ${advice.who}`,
    `Next: ${advice.next}`,
  ];
  return [...lines, ...(detail ? [`Said: ${detail}`] : [])].join('\n  ');
}

async function showFailure({ message, advice }: Failure, log: Shell['log']): Promise<void> {
  const details = vscode.l10n.t('Show Details');
  const answer = await vscode.window.showErrorMessage(`${message} ${advice.next}`, details);
  if (answer === details) log.show();
}
