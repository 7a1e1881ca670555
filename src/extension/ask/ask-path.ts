import * as vscode from 'vscode';
import { addIgnoreLine } from '../../core/files/ignore-line.ts';
import { Failure } from '../../core/words/failure.ts';
import { coreWords } from '../core-words.ts';
import { askToGoOn } from './ask-pick.ts';

/** Where a new file goes; a place of another machine is asked about again. Throws a CancellationError on Esc. */
export async function askSavePath(options: vscode.SaveDialogOptions): Promise<string> {
  return await pathOf((why) => vscode.window.showSaveDialog({ ...options, ...why }));
}

/** The file of a new customer. Any name that a person gives ends as those names end by which customer files are found. Throws as `askSavePath` does. */
export async function askCustomerPath(proposed?: vscode.Uri): Promise<vscode.Uri> {
  const picked = await askSavePath({
    title: vscode.l10n.t('New customer: where the files go'),
    filters: { [vscode.l10n.t('Customer files')]: ['json'] },
    ...(proposed && { defaultUri: proposed }),
  });
  return vscode.Uri.file(`${picked.replace(/(\.ta-customer)?(\.json)?$/i, '')}.ta-customer.json`);
}

/** A file, or a folder, that is there. Throws as `askSavePath` does. */
export async function askOpenPath(options: vscode.OpenDialogOptions): Promise<string> {
  return await pathOf(async (why) => (await vscode.window.showOpenDialog({ ...options, ...why }))?.[0]);
}

export const elsewhere = ({ scheme }: vscode.Uri): string =>
  vscode.l10n.t('The files need a folder on this computer; this one is elsewhere ({0}).', scheme);

/** `pick`: with why the place before would not do, in place of the title. */
async function pathOf(
  pick: (why?: { title: string }) => Thenable<vscode.Uri | undefined>,
  why?: { title: string },
): Promise<string> {
  const uri = await pick(why);
  if (!uri) throw new vscode.CancellationError();
  return uri.scheme === 'file' ? uri.fsPath : await pathOf(pick, { title: elsewhere(uri) });
}

/** Does the work; where git would take the file along, offers the line that keeps it out, and does the work again. */
export async function withIgnoreOffer<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'TA-NOT-IGNORED') throw error;
    await askToGoOn(coreWords(error.words), coreWords(error.advice.next), vscode.l10n.t('Add the Line'));
    await addIgnoreLine(path);
    return await work();
  }
}
