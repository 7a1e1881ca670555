import * as vscode from 'vscode';
import { Failure, helpOn } from '../../core/words/failure.ts';
import { leadsToMicrosoft } from '../../core/words/places.ts';
import { Words } from '../../core/words/say.ts';
import { coreWords } from '../core-words.ts';
import { copyText } from '../customers/tree/tooltip.ts';
import { wordsIn } from '../practice-words.ts';
import { OnPage } from './ports.ts';
import { openSetUpPage } from './runs.ts';
import type { Shell } from './shell.ts';

/** Whether to try again. */
export async function showError(shell: Shell, id: string, error: unknown): Promise<boolean> {
  if (error instanceof vscode.CancellationError) return false;
  if (error instanceof OnPage) return await showPage(error, id, shell);
  if (!(error instanceof Failure)) {
    shell.log.error(`${id}: ${error instanceof Error ? error.stack : String(error)}`);
    throw error;
  }
  // The customer's page shows it, or a message that leads there.
  const shown = shell.runs.customerOf(error) !== undefined;
  if (error.code === 'TA-CANCELLED' && shown) return false;
  if (error.code === 'TA-CANCELLED') {
    void vscode.window.showInformationMessage(coreWords(error.words));
    return false;
  }
  note(error, id, shell);
  return !shown && (await showFailure(error, shell));
}

async function showPage({ customer, cause }: OnPage, id: string, shell: Shell): Promise<false> {
  // What is wrong with its files is said where they are edited.
  if (customer) await openSetUpPage(customer, cause ? 'customer' : undefined);
  if (cause instanceof Failure) note(cause, id, shell);
  return false;
}

function note(failure: Failure, id: string, { failures, log }: Shell): void {
  failures.add(id, failure);
  log.error(failureLines(id, failure));
}

/** For the log: what support needs. Messages of ours name customers and files, so they stay out. */
function failureLines(id: string, { code, doing, status, requestId, detail, advice }: Failure): string {
  const facts = [code, status && `HTTP ${status}`, requestId && `request id ${requestId}`]
    .filter(Boolean)
    .join(', ');
  const said = detail ? [`Said: ${withoutAddresses(detail)}`] : [];
  return [
    `${id}: ${facts} (${withoutNames(doing)})`,
    `Cause: ${advice.cause}`,
    `Action for: ${advice.who}`,
    ...said,
  ].join('\n  ');
}

/** Our own words alone: what stands between them may name a file or a customer. */
const withoutNames = (sentence: Words): string => (sentence instanceof Words ? sentence.pattern : sentence);

/** Services quote the mailbox or the account that a request was about. */
const withoutAddresses = (text: string): string => text.replace(/[^\s"'<>(]+@[^\s"'<>),;]+/g, '***');

/** Whether to try again. */
async function showFailure(
  { words, code, advice }: Failure,
  { log, practice }: Pick<Shell, 'log' | 'practice'>,
): Promise<boolean> {
  const isElsewhere = practice.running !== undefined && leadsToMicrosoft(advice.next);
  const [link] = isElsewhere ? [] : (/https:\/\/[^\s,;"]*[^\s,;".)]/.exec(String(advice.next)) ?? []);
  const again = vscode.l10n.t('Try Again');
  const copy = vscode.l10n.t('Copy Link');
  const more = vscode.l10n.t('Learn More');
  const help = helpOn(code);
  // No address yet, no button.
  const explained = help.startsWith('https:') ? [more] : [];
  const details = vscode.l10n.t('Show Details');
  const buttons = [...(advice.retry === 'ours' ? [again] : []), ...(link ? [copy] : explained), details];
  const answer = await vscode.window.showErrorMessage(
    `${coreWords(words)} ${wordsIn(practice, advice.next)} (${code})`,
    ...buttons,
  );
  if (answer === copy && link) await copyText(link);
  if (answer === more) await vscode.env.openExternal(vscode.Uri.parse(help));
  if (answer === details) log.show();
  return answer === again;
}
