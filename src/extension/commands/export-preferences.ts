import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { isPrivate } from '../../core/files/private-file.ts';
import { writeExport as exportFile } from '../../core/preferences/export.ts';
import { type FormatName, formats } from '../../core/preferences/formats/formats.ts';
import { askSavePath, withIgnoreOffer } from '../ask/ask-path.ts';
import { askOne } from '../ask/ask-pick.ts';
import { coreWords } from '../core-words.ts';
import { chooseForFiles, type KnownCustomer, offerSetUp } from '../customers/choose.ts';
import { askSecretPolicy } from '../customers/export/ask-secret-policy.ts';
import { findPreferences } from '../customers/find-preferences.ts';
import type { Command } from '../shell/shell.ts';

/** Writes a copy of the preferences, straight to disk: an editor's buffer would keep the secret in its backups. */
export const exportPreferences: Command = async (shell, target) => {
  const known = await chooseForFiles(shell, target);
  const preferences = await findPreferences(known, shell.secrets);
  if (!preferences) return await offerSetUp(known);
  const format = await askFormat();
  const secret = await askSecretPolicy(known.paths.preferences);
  const path = await askPath(known, formats[format].extension);
  const { file, notes } = await withIgnoreOffer(path, () =>
    exportFile(path, preferences, { format, secret, source: known.paths.preferences }),
  );
  const message = isPrivate(file)
    ? vscode.l10n.t('Exported to {0}, readable only by you.', file)
    : vscode.l10n.t('Exported to {0}.', file);
  const hints = notes.map(({ what, next }) => `${coreWords(what)} ${coreWords(next)}`);
  void tell([message, ...hints].join(' '), file);
};

async function tell(message: string, file: string): Promise<void> {
  const open = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Reveal in Folder');
  const copy = vscode.l10n.t('Copy Path');
  const answer = await vscode.window.showInformationMessage(message, open, reveal, copy);
  const uri = vscode.Uri.file(file);
  // A browser shows the sheet, and what else the person has chosen for such files.
  if (answer === open) await vscode.env.openExternal(uri);
  if (answer === reveal) await vscode.commands.executeCommand('revealFileInOS', uri);
  if (answer === copy) await vscode.env.clipboard.writeText(file);
}

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

function askPath({ paths, file }: KnownCustomer, extension: string): Promise<string> {
  const name = `${file.stem}.ta-email.copy${extension}`;
  return askSavePath({
    title: vscode.l10n.t('Export Preferences'),
    defaultUri: vscode.Uri.file(join(dirname(paths.customer), name)),
    filters: { [extension.slice(1).toUpperCase()]: [extension.slice(1)] },
  });
}
