import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { slug } from '../../core/customer/file-names.ts';
import { isBlocked } from '../../core/setup/pre-flight.ts';
import { readSavedPlan, type SavedPlan, writeSavedPlan } from '../../core/setup/saved-plan.ts';
import { askCustomerPath, askOpenPath, askSavePath } from '../ask/ask-path.ts';
import {
  chooseCustomer,
  chooseFitting,
  type KnownCustomer,
  type Offer,
  openCustomer,
} from '../customers/choose.ts';
import { customerFile, type ListedFile } from '../customers/list.ts';
import type { ListedCustomer } from '../customers/read-files.ts';
import { writeCustomer } from '../set-up/customer-editor.ts';
import type { Outcome } from '../set-up/run-state.ts';
import { lookAtCustomer, setUp } from '../set-up/stories.ts';
import type { Command, Shell } from '../shell/shell.ts';

/** The plan as a file, for someone who has to agree to it before it is carried out. */
export const savePlan: Command = async (shell, target) => {
  const customer = await chooseCustomer(shell, target);
  await lookAtCustomer(customer, shell, async ({ findings, plan }, run) => {
    // The page says what blocks, or that nothing is to be done.
    if (isBlocked(findings) || plan.changes.length === 0) return;
    const path = await askNewPath(customer);
    const sha256 = await writeSavedPlan(path, customer.customer, plan);
    run.change({ outcome: savedOf(path, sha256) });
  });
};

/** Makes what a saved plan says, or nothing where it no longer fits. */
export const setUpFromPlan: Command = async (shell, target) => {
  const saved = await readSavedPlan(await askPath());
  const fromPlan: Offer<ListedFile> = {
    label: `$(add) ${vscode.l10n.t('{0}, as the plan has it', saved.customer.name)}`,
    description: vscode.l10n.t('writes the customer file'),
    alwaysShow: true,
    value: () => addFromPlan(saved, shell),
  };
  const { customer: planned, tenantId } = saved;
  const fits = ({ customer, record }: ListedCustomer): boolean =>
    customer?.name === planned.name && (record?.tenant.id === tenantId || customer.tenant === planned.tenant);
  const file = await chooseFitting(shell, target, fits, fromPlan);
  await setUp(await openCustomer(file, shell), shell, saved);
};

/** The customer of a saved plan, where only the plan came here. Throws a CancellationError on Esc, or a Failure. */
async function addFromPlan({ customer }: SavedPlan, shell: Shell): Promise<ListedFile> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${slug(customer.name)}.ta-customer.json`;
  const uri = await askCustomerPath(folder && vscode.Uri.joinPath(folder, name));
  await writeCustomer(shell, uri, customer);
  return customerFile(uri);
}

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

const savedOf = (path: string, sha256: string): Outcome => ({
  tone: 'good',
  title: vscode.l10n.t('The plan is saved in {0}; nothing was changed', basename(path)),
  lines: [
    vscode.l10n.t(
      'Send the file to the person who has to agree, and its SHA-256 by another channel. "Set Up from Saved Plan…" then makes just these changes.',
    ),
    vscode.l10n.t('SHA-256: {0}', sha256),
  ],
  ways: [
    {
      action: 'copyResult',
      label: vscode.l10n.t('Copy SHA-256'),
      primary: true,
      deed: () => vscode.env.clipboard.writeText(sha256),
    },
  ],
});
