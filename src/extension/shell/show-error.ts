import * as vscode from 'vscode';
import { Failure, helpOn } from '../../core/words/failure.ts';
import { leadsToMicrosoft } from '../../core/words/places.ts';
import { Words } from '../../core/words/say.ts';
import { coreWords } from '../core-words.ts';
import { wordsIn } from '../practice-words.ts';
import { OtherWorld } from './practice-room.ts';
import { openSetUpPage } from './runs.ts';
import type { Shell } from './shell.ts';

/** Whether to try again. */
export async function showError(shell: Shell, id: string, error: unknown): Promise<boolean> {
  if (error instanceof vscode.CancellationError) return false;
  if (error instanceof OtherWorld) return await changeWorld(error, shell);
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
  shell.failures.add(id, error);
  shell.log.error(failureLines(id, error));
  return !shown && (await showFailure(error, shell));
}

/** Whether the practice tenant was started or stopped, so that the work can be done. */
async function changeWorld({ wanted, customer }: OtherWorld, { practice }: Shell): Promise<boolean> {
  if (customer) await openSetUpPage(customer);
  const rehearsed = wanted === 'practice';
  const message = rehearsed
    ? vscode.l10n.t('This customer was set up in the practice tenant, which is not running.')
    : vscode.l10n.t(
        'This customer was set up at Microsoft. While the practice tenant is running, nothing is sent there.',
      );
  const move = rehearsed ? vscode.l10n.t('Start Practice Tenant') : vscode.l10n.t('Stop Practice Tenant');
  if ((await vscode.window.showWarningMessage(message, move)) !== move) return false;
  await (rehearsed ? practice.open() : practice.stop());
  return true;
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
  if (answer === copy && link) await vscode.env.clipboard.writeText(link);
  if (answer === more) await vscode.env.openExternal(vscode.Uri.parse(help));
  if (answer === details) log.show();
  return answer === again;
}
