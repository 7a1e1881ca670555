import { basename } from 'node:path';
import * as vscode from 'vscode';
import { endRenewal as finish } from '../../core/stories/finish-renewal.ts';
import type { Prepared } from '../../core/stories/prepare.ts';
import { type Renewed, type RenewProgress, renew } from '../../core/stories/renew.ts';
import { drain } from '../../core/waiting.ts';
import { plain, type Words } from '../../core/words/say.ts';
import { coreWords } from '../core-words.ts';
import { chooseCustomer, type KnownCustomer, offerSetUp } from '../customers/choose.ts';
import { azureSignIn, escrowText } from '../customers/escrow/keep-secret.ts';
import { chooseInBox } from '../customers/escrow/questions.ts';
import { askForChanges, corePorts, jobOf, shownIn } from '../set-up/job.ts';
import { type ShownRun, withCustomerRun } from '../set-up/shown-run.ts';
import { openSetUpPage } from '../shell/runs.ts';
import type { Command, Shell } from '../shell/shell.ts';

/** A second secret beside the first; then the test email, sent with it. */
export const renewSecret: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  if (!known.record?.secret) return await offerSetUp(known);
  const title = vscode.l10n.t('Renewing the secret of {0}', known.customer.name);
  const story = { title, proves: true, command: 'renewSecret' };
  const renewed = await withCustomerRun(known, shell, story, (run) => addSecond(known, shell, run));
  void tellNext(renewed, known);
  await openSetUpPage(known.file.uri, 'email');
};

async function addSecond(known: KnownCustomer, shell: Shell, run: ShownRun): Promise<Renewed> {
  const azure = azureSignIn(known, shell, run);
  const show = shownIn(run, known, shell);
  const confirm = ({ plan }: Prepared): Promise<boolean> => askForChanges(run, plan);
  const ports = {
    ...corePorts(known, shell, run),
    confirm,
    vault: { signInToAzure: azure.signIn, choose: chooseInBox },
  };
  const showOne = async (event: RenewProgress): Promise<void> => {
    if (event.kind === 'vault') return run.say(escrowText(event.progress));
    if (event.kind === 'renewed elsewhere') return tellRival(event.rival.displayName, event.rival.hint);
    if (event.kind !== 'papers') await show(event);
  };
  try {
    return await drain(renew({ ...jobOf(known, run), mail: undefined }, ports), showOne);
  } finally {
    await azure.signOut();
  }
}

function tellRival(name: string, hint: string): void {
  const message = vscode.l10n.t(
    'Another run renewed this secret too, a moment later: "{0}" (begins with {1}). That run removes its own. Tell your colleague that yours stays.',
    plain(name),
    plain(hint),
  );
  void vscode.window.showWarningMessage(message);
}

async function tellNext(
  { papers, record, provedAt }: Renewed,
  { customer, file }: KnownCustomer,
): Promise<void> {
  const open = vscode.l10n.t('Open Entry Sheet');
  const finished = vscode.l10n.t('Finish Renewal');
  const isOver = Date.parse(record.renewal?.oldSecret.expiresAt ?? '') <= provedAt;
  const message = isOver
    ? vscode.l10n.t(
        '{0}: the new secret works. The old one has expired: T&A cannot send until you enter the new one there. When the email of its Test has arrived, finish the renewal.',
        customer.name,
      )
    : vscode.l10n.t(
        '{0}: both secrets work. Enter the new one in T&A and press Test. When that email has arrived, finish the renewal.',
        customer.name,
      );
  if (papers.staleCopy !== undefined)
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} still contains the old secret. If a pipeline checks this customer, export the preferences again, encrypted.',
        basename(papers.staleCopy),
      ),
    );
  const answer = await vscode.window.showInformationMessage(message, open, finished);
  if (answer === open) await vscode.env.openExternal(vscode.Uri.file(papers.sheet));
  if (answer === finished) await vscode.commands.executeCommand('taExchange.finishRenewal', file.uri);
}

/** Removes the old secret, when T&A's own Test has arrived and Entra does not speak against it. */
export const finishRenewal: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  if (!known.record?.secret) return await offerSetUp(known);
  const { name } = known.customer;
  const title = vscode.l10n.t('Finishing the renewal of {0}', name);
  await withCustomerRun(known, shell, { title, command: 'finishRenewal' }, async (run) => {
    const show = shownIn(run, known, shell);
    const confirm = (_prepared: Prepared, line: Words): Promise<boolean> => didTestArrive(name, line);
    await drain(finish(jobOf(known, run), { ...corePorts(known, shell, run), confirm }), async (event) => {
      if (event.kind === 'last use') run.say(coreWords(event.line));
      else await show(event);
    });
  });
  const message = vscode.l10n.t('{0}: the old client secret is removed. T&A uses the new one.', name);
  void vscode.window.showInformationMessage(message);
};

async function didTestArrive(name: string, line: Words): Promise<boolean> {
  const remove = vscode.l10n.t('Remove Old Secret');
  const question = vscode.l10n.t("{0}: did the email of T&A's own Test arrive?", name);
  const advice = vscode.l10n.t(
    'Remove the old secret only after you entered the new one in T&A and pressed Test, on every server that sends email.',
  );
  const options = { modal: true, detail: `${coreWords(line)}\n\n${advice}` };
  return (await vscode.window.showWarningMessage(question, options, remove)) === remove;
}
