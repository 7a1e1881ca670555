import * as vscode from 'vscode';
import { checkPlace } from '../../core/files/place.ts';
import { readText } from '../../core/files/read-text.ts';
import { readResultBlock } from '../../core/hand-over/scripts/result-block.ts';
import { openSealed } from '../../core/preferences/age.ts';
import { Secret } from '../../core/secret.ts';
import { type Imported, importResult } from '../../core/stories/import-result.ts';
import { scriptForAdmin } from '../../core/stories/script-for-admin.ts';
import { drain } from '../../core/waiting.ts';
import { Failure } from '../../core/words/failure.ts';
import { say } from '../../core/words/say.ts';
import { askOpenPath, withIgnoreOffer } from '../ask/ask-path.ts';
import { askToGoOn } from '../ask/ask-pick.ts';
import { chooseCustomer, type KnownCustomer } from '../customers/choose.ts';
import { findOwnKey } from '../customers/two-person/own-key.ts';
import {
  askForm,
  askRecipient,
  askResult,
  askScriptPath,
  type SentResult,
} from '../customers/two-person/questions.ts';
import { jobOf, shownIn } from '../set-up/job.ts';
import { keepCopy } from '../set-up/keep-copy.ts';
import { commandWay, type Outcome, scriptWritten } from '../set-up/run-state.ts';
import { type ShownRun, withCustomerRun } from '../set-up/shown-run.ts';
import { withAdminText } from '../set-up/views/page-facts.ts';
import { forgetWait } from '../set-up/waits.ts';
import { openSetUpPage } from '../shell/runs.ts';
import type { Command, Shell } from '../shell/shell.ts';

/** The set-up as a script for an admin who does not sign in here. */
export const createAdminScript: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const form = await askForm();
  const recipient = await askRecipient(shell);
  const wish = { form, recipient, out: await askScriptPath(known, form) };
  const title = vscode.l10n.t('Script for {0}', known.customer.name);
  await withCustomerRun(known, shell, { title, command: 'createAdminScript' }, async (run) => {
    await scriptForAdmin(jobOf(known, run), wish, run);
    run.change({ outcome: writtenOf(wish.out, known) });
  });
};

function writtenOf(script: string, { file }: KnownCustomer): Outcome {
  const lines = [
    vscode.l10n.t("Send it to the customer's administrator; its first lines say how to run it."),
    vscode.l10n.t('Then import what they send back.'),
  ];
  const after = commandWay(vscode.l10n.t("Import Administrator's Result…"), 'importAdminResult', file.uri);
  return scriptWritten(script, lines, after);
}

/** Goes on where the admin's script ended. */
export const importAdminResult: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const result = await askResult();
  const keyFile = await findKeyFor(result, shell);
  const { opened } = await runImport(known, { result, keyFile }, shell);
  if (opened) await openSetUpPage(known.file.uri, 'email');
};

interface Sent {
  readonly result: SentResult;
  readonly keyFile: Secret | undefined;
}

async function runImport(known: KnownCustomer, sent: Sent, shell: Shell): Promise<Imported> {
  const title = vscode.l10n.t('Setting up {0}', known.customer.name);
  await withIgnoreOffer(known.paths.preferences, () => checkPlace(known.paths.preferences));
  return await withCustomerRun(known, shell, { title, command: 'importAdminResult' }, async (run) => {
    const done = await importShown(known, sent, shell, run);
    if (!done.opened) run.change({ outcome: withAdminOf(known) });
    return done;
  });
}

function importShown(known: KnownCustomer, sent: Sent, shell: Shell, run: ShownRun): Promise<Imported> {
  const show = shownIn(run, known, shell);
  const job = { ...jobOf(known, run), ...sent, mail: undefined };
  return drain(importResult(job, run), async (event) => {
    if (event.kind === 'recorded') {
      // The admin's script has granted what a link may have asked for.
      await forgetWait(shell.context, known.file.uri);
      shell.customers.changed(known.file.uri);
    } else if (event.kind === 'opened') await keepCopy(event.file, shell.secrets, shell.context.globalState);
    else await show(event);
  });
}

/** A set-up that went on here would make a second secret beside the administrator's. */
const withAdminOf = ({ customer }: KnownCustomer): Outcome => ({
  tone: 'good',
  title: vscode.l10n.t('{0}: the application is recorded', customer.name),
  lines: [withAdminText()],
  ways: [],
});

/** The key that opens what is sealed in the result: this VS Code's own, else one whose file the person names. */
async function findKeyFor(result: SentResult, { context }: Shell): Promise<Secret | undefined> {
  const { sealedSecret = [] } = readResultBlock(result.text, result.name);
  if (sealedSecret.length === 0) return undefined;
  const own = await findOwnKey(context);
  if (own && (await opens(own, sealedSecret.join('')))) return own;
  return new Secret(await readText(await askKeyFile(), say`an age key`));
}

async function askKeyFile(): Promise<string> {
  const question = vscode.l10n.t('This VS Code has no key that opens the client secret in the result.');
  const detail = vscode.l10n.t(
    'If it is sealed for an age key of yours, choose the key file. If it is sealed for another VS Code, import it there.',
  );
  await askToGoOn(question, detail, vscode.l10n.t('Choose Key File…'));
  return await askOpenPath({ title: vscode.l10n.t('The file with your age key') });
}

async function opens(key: Secret, sealed: string): Promise<boolean> {
  try {
    await openSealed(key, sealed);
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
