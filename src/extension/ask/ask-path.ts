import * as vscode from 'vscode';
import { addIgnoreLine } from '../../core/files/ignore-line.ts';
import { Failure } from '../../core/words/failure.ts';
import { coreWords } from '../core-words.ts';
import { askToAgree } from './ask-pick.ts';

/** Where a new file goes; a place of another machine is asked about again. Throws a CancellationError on Esc. */
export async function askSavePath(options: vscode.SaveDialogOptions): Promise<string> {
  return await pathOf(() => vscode.window.showSaveDialog(options));
}

/** The file of a new customer. Any name that a person gives ends as those names end by which customer files are found. Throws as `askSavePath` does. */
export async function askCustomerPath(proposed?: vscode.Uri): Promise<vscode.Uri> {
  const picked = await askSavePath({
    title: vscode.l10n.t("Where the customer's files go"),
    filters: { [vscode.l10n.t('Customer files')]: ['json'] },
    ...(proposed && { defaultUri: proposed }),
  });
  return vscode.Uri.file(`${picked.replace(/(\.ta-customer)?(\.json)?$/i, '')}.ta-customer.json`);
}

/** A file, or a folder, that is there. Throws as `askSavePath` does. */
export async function askOpenPath(options: vscode.OpenDialogOptions): Promise<string> {
  return await pathOf(async () => (await vscode.window.showOpenDialog(options))?.[0]);
}

export const elsewhere = ({ scheme }: vscode.Uri): string =>
  vscode.l10n.t('The files need a folder on this computer; this one is elsewhere ({0}).', scheme);

async function pathOf(pick: () => Thenable<vscode.Uri | undefined>): Promise<string> {
  for (;;) {
    const uri = await pick();
    if (uri?.scheme === 'file') return uri.fsPath;
    const again = vscode.l10n.t('Choose Again…');
    if (!uri || !(await askToAgree(elsewhere(uri), '', again))) throw new vscode.CancellationError();
  }
}

/** Does the work; where git would take the file along, offers the line that keeps it out, and does the work again. */
export async function withIgnoreOffer<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'TA-NOT-IGNORED') throw error;
    const add = vscode.l10n.t('Add the Line');
    if (!(await askToAgree(coreWords(error.words), coreWords(error.advice.next), add)))
      throw new vscode.CancellationError();
    await addIgnoreLine(path);
    return await work();
  }
}
