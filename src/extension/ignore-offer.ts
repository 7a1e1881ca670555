import * as vscode from 'vscode';
import { Failure } from '../core/advice/failure.ts';
import { addIgnoreLine } from '../core/files/ignore-line.ts';
import { coreWords } from './vscode-core-words.ts';

/** Does the work; where git would take the file along, offers the line that keeps it out, and does the work again. */
export async function offeringIgnoreLine<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'TA-NOT-IGNORED') throw error;
    const add = vscode.l10n.t('Add the Line');
    const question = `${coreWords(error.words)} ${coreWords(error.advice.next)}`;
    if ((await vscode.window.showWarningMessage(question, add)) !== add) throw new vscode.CancellationError();
    await addIgnoreLine(path);
    return await work();
  }
}
