import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { readableName } from '../../core/customer/file-names.ts';
import { isPrivate } from '../../core/files/private-file.ts';
import { writeExport as exportFile } from '../../core/preferences/export.ts';
import { type FormatName, formats } from '../../core/preferences/formats/formats.ts';
import { askSavePath, withIgnoreOffer } from '../ask/ask-path.ts';
import { askOne } from '../ask/ask-pick.ts';
import { coreWords } from '../core-words.ts';
import { chooseForFiles, type KnownCustomer } from '../customers/choose.ts';
import { askSecretPolicy } from '../customers/export/ask-secret-policy.ts';
import { findPreferences } from '../customers/find-preferences.ts';
import { offerSetUp } from '../set-up/job.ts';
import { keepWritten } from '../set-up/written-files.ts';
import { openSetUpPage } from '../shell/runs.ts';
import type { Command } from '../shell/shell.ts';

/** Writes a copy of the preferences, straight to disk: an editor's buffer would keep the secret in its backups. */
export const exportPreferences: Command = async (shell, target) => {
  const known = await chooseForFiles(shell, target);
  const preferences = await findPreferences(known, shell.secrets);
  if (!preferences) return await offerSetUp(known, shell);
  const format = await askFormat();
  const secret = await askSecretPolicy(known.paths.preferences);
  const path = await askPath(known, formats[format].extension);
  const { file, notes } = await withIgnoreOffer(path, () =>
    exportFile(path, preferences, { format, secret, source: known.paths.preferences }),
  );
  const { uri } = known.file;
  const own = isPrivate(file) ? [vscode.l10n.t('Readable only by you.')] : [];
  const hints = notes.map(({ what, next }) => `${coreWords(what)} ${coreWords(next)}`);
  await keepWritten(shell.context, uri, 'exported', { path: file, notes: [...own, ...hints] });
  shell.customers.changed(uri);
  await openSetUpPage(uri, 'handOver');
};

async function askFormat(): Promise<FormatName> {
  const isName = (name: string): name is FormatName => Object.hasOwn(formats, name);
  // What is filled in by hand is filled in from the sheet.
  const names = [...new Set(['html', ...Object.keys(formats)])].filter(isName);
  const options = names.map((value) => {
    const { label, extension } = formats[value];
    return { value, label, description: extension };
  });
  const question = vscode.l10n.t('In which format?');
  return await askOne({ question, options }, vscode.l10n.t('Export Preferences'));
}

/** The sheet is for people, and so is its name. */
function askPath({ customer, paths, file }: KnownCustomer, extension: string): Promise<string> {
  const name =
    extension === '.html'
      ? vscode.l10n.t('{0} - T&A entry sheet', readableName(customer.name)) + extension
      : `${file.stem}.ta-email.copy${extension}`;
  return askSavePath({
    title: vscode.l10n.t('Export Preferences'),
    defaultUri: vscode.Uri.file(join(dirname(paths.customer), name)),
    filters: { [extension.slice(1).toUpperCase()]: [extension.slice(1)] },
  });
}
