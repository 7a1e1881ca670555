import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { isPrivate } from '../../core/files/private-file.ts';
import { exportPreferences as exportFile } from '../../core/preferences/export.ts';
import { type FormatName, formats } from '../../core/preferences/formats/formats.ts';
import { askSavePath, offeringIgnoreLine } from '../ask/ask-path.ts';
import { askOne } from '../ask/ask-pick.ts';
import { coreWords } from '../core-words.ts';
import { chooseForFiles, type KnownCustomer } from '../customers/choose.ts';
import { askSecretPolicy } from '../customers/export/ask-secret-policy.ts';
import { findPreferences } from '../customers/find-preferences.ts';
import { offerSetUp } from '../customers/offers.ts';
import type { Command } from '../shell/shell.ts';

/** Writes a copy of the preferences, straight to disk: an editor's buffer would keep the secret in its backups. */
export const exportPreferences: Command = async (shell, target) => {
  const known = await chooseForFiles(shell, target);
  const preferences = await findPreferences(known, shell.secrets);
  if (!preferences) return await offerSetUp(known);
  const format = await askFormat();
  const secret = await askSecretPolicy(known.paths.preferences);
  const path = await askPath(known, formats[format].extension);
  const { file, notes } = await offeringIgnoreLine(path, () =>
    exportFile(path, preferences, { format, secret, source: known.paths.preferences }),
  );
  const message = isPrivate(file)
    ? vscode.l10n.t('Exported to {0}, readable by you alone.', file)
    : vscode.l10n.t('Exported to {0}.', file);
  const hints = notes.map(({ what, next }) => `${coreWords(what)} ${coreWords(next)}`);
  void vscode.window.showInformationMessage([message, ...hints].join(' '));
};

async function askFormat(): Promise<FormatName> {
  const names = Object.keys(formats).filter((name): name is FormatName => Object.hasOwn(formats, name));
  const options = names.map((value) => {
    const { label, extension } = formats[value];
    return { value, label, description: extension };
  });
  const placeholder = vscode.l10n.t('In which format?');
  return await askOne({ placeholder, options }, vscode.l10n.t('Export Preferences'));
}

function askPath({ paths, file }: KnownCustomer, extension: string): Promise<string> {
  const name = `${file.stem}.ta-email.copy${extension}`;
  return askSavePath({
    title: vscode.l10n.t('Export Preferences'),
    defaultUri: vscode.Uri.file(join(dirname(paths.customer), name)),
    filters: { [extension.slice(1).toUpperCase()]: [extension.slice(1)] },
  });
}
