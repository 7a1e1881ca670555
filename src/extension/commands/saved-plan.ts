import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { readSavedPlan, writeSavedPlan } from '../../core/setup/saved-plan.ts';
import { askOpenPath, askSavePath } from '../ask/ask-path.ts';
import { chooseCustomer, chooseFile, type KnownCustomer, known, type Offer } from '../customers/choose.ts';
import { openForm } from '../mail-form/open-form.ts';
import { lookForChanges } from '../set-up/look-at-customer.ts';
import { setUp } from '../set-up/set-up-customer.ts';
import type { Command } from '../shell/shell.ts';
import { addFromPlan } from '../wizard/add-from-plan.ts';

/** The plan as a file, for somebody who has to agree to it before it is carried out. */
export const savePlan: Command = async (shell, target) => {
  const customer = await chooseCustomer(shell, target);
  const plan = await lookForChanges(customer, shell);
  if (!plan) return;
  const path = await askNewPath(customer);
  const sha256 = await writeSavedPlan(path, customer.customer, plan);
  void tellSaved(path, sha256);
};

/** Makes what a saved plan says, or nothing where it no longer fits. */
export const setUpFromPlan: Command = async (shell, target) => {
  const saved = await readSavedPlan(await askPath());
  const fromPlan: Offer = {
    label: `$(add) ${vscode.l10n.t('{0}, as the plan has it', saved.customer.name)}`,
    description: vscode.l10n.t('writes the customer file'),
    alwaysShow: true,
    value: () => addFromPlan(saved, shell),
  };
  const file = await chooseFile(shell, target, [fromPlan]);
  await setUp(await known(file, shell), shell, saved);
  await openForm(shell, file.uri);
};

function askNewPath({ paths, file }: KnownCustomer): Promise<string> {
  return askSavePath({
    title: vscode.l10n.t('Save Plan'),
    defaultUri: vscode.Uri.file(join(dirname(paths.customer), `${file.stem}.ta-plan.json`)),
    filters: planFiles(),
  });
}

const askPath = (): Promise<string> =>
  askOpenPath({
    title: vscode.l10n.t('Set Up from Saved Plan'),
    openLabel: vscode.l10n.t('Open Plan'),
    filters: planFiles(),
  });

const planFiles = (): Record<string, string[]> => ({ [vscode.l10n.t('Saved plans')]: ['json'] });

async function tellSaved(path: string, sha256: string): Promise<void> {
  const copy = vscode.l10n.t('Copy SHA-256');
  const message = vscode.l10n.t(
    'The plan is saved in {0}; nothing was changed. Send the file to the person who has to agree, and its SHA-256 another way: {1}. "Set Up from Saved Plan…" then makes just these changes.',
    path,
    sha256,
  );
  if ((await vscode.window.showInformationMessage(message, copy)) === copy)
    await vscode.env.clipboard.writeText(sha256);
}
