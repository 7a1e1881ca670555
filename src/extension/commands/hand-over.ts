import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { type HandedOver, writeHandOver as writePack } from '../../core/stories/hand-over.ts';
import { askOpenPath } from '../ask/ask-path.ts';
import { chooseForFiles, type KnownCustomer, offerSetUp } from '../customers/choose.ts';
import { askPackReader } from '../customers/export/ask-secret-policy.ts';
import { keepHandedOver } from '../set-up/handed-over.ts';
import { lockOwner } from '../shell/ports.ts';
import type { Command } from '../shell/shell.ts';

/** Writes what the customer keeps, and opens the report. */
export const handOver: Command = async (shell, target) => {
  const known = await chooseForFiles(shell, target);
  const { customer, record, paths } = known;
  if (!record?.application) return await offerSetUp(known);
  const reader = await askPackReader();
  const folder = await askFolder(known);
  const handed = await writePack({
    customer,
    recordFile: paths.record,
    by: lockOwner,
    preferencesFile: paths.preferences,
    folder,
    reader,
    now: Date.now(),
  });
  await keepHandedOver(shell.context, known.file.uri, handed.folder);
  shell.customers.changed(known.file.uri);
  await openReport(handed);
  void tell(handed, known);
};

/** In the person's browser. Where there is none, as in a remote window, the button for the folder is left. */
async function openReport({ folder }: HandedOver): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.file(join(folder, 'report.html')));
}

/** A folder of its own in the one that is picked, so that nothing else is passed on with it. */
async function askFolder({ customer, paths }: KnownCustomer): Promise<string> {
  const place = await askOpenPath({
    title: vscode.l10n.t('Hand Over: where should the folder {0} go?', folderName(customer.name)),
    openLabel: vscode.l10n.t('Write It Here'),
    defaultUri: vscode.Uri.file(dirname(paths.customer)),
    canSelectFolders: true,
    canSelectFiles: false,
  });
  return join(place, folderName(customer.name));
}

/** The customer gets it, so it has a name for people; what no file system takes is left out. */
const folderName = (name: string): string =>
  vscode.l10n.t('{0} - T&A email hand-over', name.replace(/[^\p{L}\p{N} &().,_-]+/gu, ' ').trim());

async function tell({ folder, gap }: HandedOver, { customer, file }: KnownCustomer): Promise<void> {
  const open = vscode.l10n.t('Open Folder');
  const setUp = vscode.l10n.t('Set Up Customer');
  const written = vscode.l10n.t('The hand-over of {0} is in {1}.', customer.name, folder);
  const missing = missingOf(gap);
  const answer = await (missing === undefined
    ? vscode.window.showInformationMessage(written, open)
    : vscode.window.showWarningMessage(`${written} ${missing}`, open, setUp));
  if (answer === open) await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(folder));
  if (answer === setUp) await vscode.commands.executeCommand('taExchange.setUpCustomer', file.uri);
}

/** What the report has to admit. */
function missingOf(gap: HandedOver['gap']): string | undefined {
  switch (gap) {
    case undefined:
      return undefined;
    case 'no mail seen':
      return vscode.l10n.t('Its report says that no test email was seen to arrive yet.');
    case 'not proved':
      return vscode.l10n.t('Its report says that nothing is proved yet.');
    case 'no secret':
      return vscode.l10n.t('Its report says that there is no client secret yet.');
    case 'expired':
      return vscode.l10n.t('Its report says that the client secret has expired.');
    default:
      return gap satisfies never;
  }
}
