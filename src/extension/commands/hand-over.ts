import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { readableName } from '../../core/customer/file-names.ts';
import { type HandedOver, writeHandOver as writePack } from '../../core/stories/hand-over.ts';
import { askOpenPath } from '../ask/ask-path.ts';
import { chooseForFiles, type KnownCustomer } from '../customers/choose.ts';
import { askPackReader } from '../customers/export/ask-secret-policy.ts';
import { offerSetUp } from '../set-up/job.ts';
import { keepWritten } from '../set-up/written-files.ts';
import { lockOwner } from '../shell/ports.ts';
import { openSetUpPage } from '../shell/runs.ts';
import type { Command } from '../shell/shell.ts';

/** Writes what the customer keeps, and opens the report; the page says what is in the folder, and what is missing. */
export const handOver: Command = async (shell, target) => {
  const known = await chooseForFiles(shell, target);
  const { customer, record, paths } = known;
  if (!record?.application) return await offerSetUp(known, shell);
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
  const { uri } = known.file;
  const notes = [missingOf(handed.gap)].filter((note) => note !== undefined);
  await keepWritten(shell.context, uri, 'handedOver', { path: handed.folder, notes });
  shell.customers.changed(uri);
  await openSetUpPage(uri, 'handOver');
  await openReport(handed);
};

/** In the person's browser. Where there is none, as in a remote window, the page leads to the folder. */
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

/** The customer gets it, so it has a name for people. */
const folderName = (name: string): string => vscode.l10n.t('{0} - T&A email hand-over', readableName(name));

/** What the report has to admit. */
function missingOf(gap: HandedOver['gap']): string | undefined {
  switch (gap) {
    case undefined:
      return undefined;
    case 'no mail seen':
      return vscode.l10n.t('Its report says that no test email has been seen to arrive yet.');
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
