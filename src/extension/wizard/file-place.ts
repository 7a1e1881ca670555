import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { preferencesFileOf, recordFileOf, slug } from '../../core/customer/file-names.ts';
import { checkPlace } from '../../core/files/place.ts';
import { canWrite, exists } from '../../core/files/target.ts';
import { elsewhere, offeringIgnoreLine } from '../ask/ask-path.ts';
import { askPick, type Option } from '../ask/ask-pick.ts';
import type { Verdict } from '../ask/ask-text.ts';
import type { Answer, Place } from '../ask/box.ts';
import { fieldVerdict } from './verdict-of.ts';

/**
 * Where the customer file goes, and the record and the preferences beside it: a folder of the workspace, or any other.
 * The answer can be written and holds no customer yet.
 */
export async function askFilePlace(customerName: string, place: Place): Promise<Answer<vscode.Uri>> {
  const name = `${slug(customerName)}.ta-customer.json`;
  let placeholder = vscode.l10n.t("Where the customer's files go");
  for (;;) {
    const answer = await askPick({ placeholder, options: options() }, place);
    if (answer.kind === 'back') return answer;
    const uri = answer.value ? vscode.Uri.joinPath(answer.value, name) : await askElsewhere(name);
    const verdict = await fitness(uri);
    if (verdict.ok) return { kind: 'value', value: verdict.value };
    placeholder = verdict.problem;
  }
}

function options(): Option<vscode.Uri | null>[] {
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  return [
    ...folders.map(({ name, uri }) => ({
      value: uri,
      label: `$(folder) ${name}`,
      description: uri.scheme === 'file' ? uri.fsPath : vscode.l10n.t('not a folder of this machine'),
    })),
    { value: null, label: `$(folder-opened) ${vscode.l10n.t('Choose a place…')}` },
  ];
}

async function askElsewhere(name: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const picked = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Where the customer's files go"),
    filters: { [vscode.l10n.t('Customer files')]: ['json'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  return picked?.scheme === 'file' ? vscode.Uri.file(customerPath(picked.fsPath)) : picked;
}

/** Any name that a person gives ends as those names end by which customer files are found. */
function customerPath(path: string): string {
  const stem = basename(path).replace(/(\.ta-customer)?(\.json)?$/i, '');
  return join(dirname(path), `${stem}.ta-customer.json`);
}

async function fitness(uri: vscode.Uri | undefined): Promise<Verdict<vscode.Uri>> {
  if (!uri) return noPlace();
  if (uri.scheme !== 'file') return { ok: false, problem: elsewhere(uri) };
  if (await exists(uri.fsPath)) {
    const problem = vscode.l10n.t(
      '{0} already exists. Set that customer up, or choose another place.',
      uri.fsPath,
    );
    return { ok: false, problem };
  }
  try {
    return await fieldVerdict(() => fitFile(uri));
  } catch (error) {
    // A line for git was offered, and not wanted.
    if (error instanceof vscode.CancellationError) return noPlace();
    throw error;
  }
}

const noPlace = (): Verdict<vscode.Uri> => ({
  ok: false,
  problem: vscode.l10n.t("No place was chosen. Where do the customer's files go?"),
});

async function fitFile(uri: vscode.Uri): Promise<vscode.Uri> {
  const { fsPath } = uri;
  const preferences = preferencesFileOf(fsPath);
  for (const path of [fsPath, recordFileOf(fsPath), preferences]) await canWrite(path);
  await offeringIgnoreLine(preferences, () => checkPlace(preferences));
  return uri;
}
