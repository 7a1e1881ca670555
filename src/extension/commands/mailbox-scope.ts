import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { normaliseAddress } from '../../core/customer/address.ts';
import { writeOutput } from '../../core/files/own-files.ts';
import { exchangePatienceMinutes } from '../../core/mailbox-scope/proof.ts';
import { mailboxScopeText, proveOneMailbox as prove } from '../../core/stories/scope.ts';
import { drain } from '../../core/waiting.ts';
import { askSavePath } from '../ask/ask-path.ts';
import { askLine, type InputVerdict } from '../ask/ask-text.ts';
import { chooseCustomer, chooseForFiles, type KnownCustomer } from '../customers/choose.ts';
import { otherMailboxProblem } from '../set-up/draft.ts';
import { jobOf, offerSetUp, shownIn, showOutcome } from '../set-up/job.ts';
import { commandWay, type Outcome, scriptWritten } from '../set-up/run-state.ts';
import { withCustomerRun } from '../set-up/shown-run.ts';
import type { Command } from '../shell/shell.ts';

/** Writes the PowerShell for the customer's Exchange administrator; the page says what to do with it. */
export const createMailboxScopeScript: Command = async (shell, target) => {
  const known = await chooseForFiles(shell, target);
  const { customer, record, paths } = known;
  if (customer.scope === 'mailbox' && !record?.servicePrincipal) return await offerSetUp(known, shell);
  const script = await mailboxScopeText(customer, paths.record);
  const path = await askPath(known);
  await writeOutput(path, script);
  const title = vscode.l10n.t('Script for {0}', customer.name);
  await showOutcome(known, shell, { title, command: 'proveMailboxScope' }, writtenOf(path, known));
};

function writtenOf(script: string, { file }: KnownCustomer): Outcome {
  const lines = [
    vscode.l10n.t('Send it to an Exchange administrator of the customer, who runs it in PowerShell.'),
    vscode.l10n.t('Then prove the mailbox scope: that waits until Exchange knows it, for up to two hours.'),
  ];
  const after = commandWay(vscode.l10n.t('Prove Mailbox Scope'), 'proveMailboxScope', file.uri);
  return scriptWritten(script, lines, after);
}

/** Waits for Exchange, with the time it has taken so far; Cancel stops it, and it can be begun again. */
export const proveMailboxScope: Command = async (shell, target) => {
  const chosen = await chooseCustomer(shell, target);
  if (chosen.customer.scope === 'mailbox' && !chosen.record?.preferences)
    return await offerSetUp(chosen, shell);
  const known = await withOther(chosen);
  const { customer } = known;
  const title = vscode.l10n.t('Proving the mailbox scope of {0}', customer.name);
  await withCustomerRun(known, shell, { title, command: 'proveMailboxScope' }, async (run) => {
    const ports = { ...run, exchangePatienceMs: exchangePatienceMinutes * 60_000 };
    await drain(
      prove({ ...jobOf(known, run), preferencesFile: known.paths.preferences, mail: undefined }, ports),
      shownIn(run, known, shell),
    );
    const { fromAddress, otherMailbox = '' } = customer.mail;
    const proved = vscode.l10n.t(
      'Proved: the app can use {0}, and is kept out of {1}.',
      fromAddress,
      otherMailbox,
    );
    const test = vscode.l10n.t('Send Test Email');
    const ways = [commandWay(test, 'sendTestEmail', known.file.uri)];
    run.change({ outcome: { tone: 'good', title: proved, lines: [], ways } });
  });
};

/** Files of earlier days, or by hand, may name none. It is asked for then, and not kept. */
async function withOther(known: KnownCustomer): Promise<KnownCustomer> {
  const { customer } = known;
  const { scope, mail } = customer;
  if (scope === 'tenant' || mail.otherMailbox !== undefined) return known;
  const question = {
    prompt: vscode.l10n.t(
      'Another mailbox of the tenant, to show that the app is kept out of it; no email is read',
    ),
    placeholder: 'robin@contoso.com',
    read(typed: string): InputVerdict<string> {
      const otherMailbox = normaliseAddress(typed);
      const problem = otherMailboxProblem({ ...mail, scope, otherMailbox });
      return problem === undefined ? { ok: true, value: otherMailbox } : { ok: false, problem };
    },
  };
  const otherMailbox = await askLine(question, vscode.l10n.t('Prove Mailbox Scope'));
  return { ...known, customer: { ...customer, mail: { ...mail, otherMailbox } } };
}

function askPath({ paths, file }: KnownCustomer): Promise<string> {
  return askSavePath({
    title: vscode.l10n.t('Create Mailbox Scope Script'),
    defaultUri: vscode.Uri.file(join(dirname(paths.customer), `${file.stem}.mailbox-scope.ps1`)),
    filters: { PowerShell: ['ps1'] },
  });
}
