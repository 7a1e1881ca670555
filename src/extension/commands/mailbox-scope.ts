import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { withLock } from '../../core/customer/lock.ts';
import { drain } from '../../core/drain.ts';
import { writeAtomically } from '../../core/files/atomic-write.ts';
import { mailboxScopeText, proveMailboxScope as prove } from '../../core/mailbox-scope.ts';
import { exchangePatienceMinutes } from '../../core/prove-scope.ts';
import { chooseCustomer } from '../choose-customer.ts';
import type { Command } from '../commands.ts';
import { offerSetUp } from '../offer-set-up.ts';
import { refuseOtherWorld } from '../other-world.ts';
import { jobOf, us } from '../set-up/job.ts';
import { createShow } from '../set-up/show-progress.ts';
import { withRun } from '../set-up/shown-run.ts';

/** Writes the PowerShell for the customer's Exchange administrator, and opens it. */
export const createMailboxScopeScript: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const { customer, record, paths, file } = known;
  if (customer.scope === 'mailbox' && !record?.servicePrincipal) return await offerSetUp(known);
  const script = await mailboxScopeText(customer, paths.record);
  const path = await askPath(join(dirname(paths.customer), `${file.stem}.mailbox-scope.ps1`));
  await writeAtomically(path, script);
  await vscode.window.showTextDocument(vscode.Uri.file(path), { preview: false });
  const message = vscode.l10n.t(
    'An Exchange administrator of the customer runs {0} in PowerShell. Then prove the mailbox scope here.',
    path,
  );
  void vscode.window.showInformationMessage(message);
};

/** Waits for Exchange, with the time it has taken so far; Cancel stops it, and it can be begun again. */
export const proveMailboxScope: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const { customer, paths, file } = known;
  await refuseOtherWorld(known, shell);
  const title = vscode.l10n.t('Proving the mailbox scope of {0}', customer.name);
  try {
    await withLock(paths.record, us, () =>
      withRun(shell, title, async (run) => {
        const ports = { ...run, exchangePatienceMs: exchangePatienceMinutes * 60_000 };
        await drain(
          prove({ ...jobOf(known, run), mail: undefined }, ports),
          createShow(known, shell, run).event,
        );
      }),
    );
  } finally {
    shell.customers.changed(file.uri);
  }
  const { fromAddress, otherMailbox } = customer.mail;
  const message = vscode.l10n.t(
    'Proved: the app can use {0}, and is kept out of {1}.',
    fromAddress,
    otherMailbox ?? '',
  );
  void vscode.window.showInformationMessage(message);
};

async function askPath(path: string): Promise<string> {
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Create Mailbox Scope Script'),
    defaultUri: vscode.Uri.file(path),
    filters: { PowerShell: ['ps1'] },
  });
  if (file?.scheme !== 'file') throw new vscode.CancellationError();
  return file.fsPath;
}
