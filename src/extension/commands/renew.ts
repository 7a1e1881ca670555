import { basename } from 'node:path';
import * as vscode from 'vscode';
import { endRenewal as finish, testQuestion } from '../../core/stories/finish-renewal.ts';
import type { Prepared } from '../../core/stories/prepare.ts';
import { type RenewProgress, renew } from '../../core/stories/renew.ts';
import { drain } from '../../core/waiting.ts';
import { plain, type Words } from '../../core/words/say.ts';
import { coreWords } from '../core-words.ts';
import { chooseCustomer, type KnownCustomer } from '../customers/choose.ts';
import { azureSignIn, escrowText } from '../customers/escrow/keep-secret.ts';
import { chooseInBox } from '../customers/escrow/questions.ts';
import { askEither, askForChanges, corePorts, jobOf, offerSetUp, shownIn } from '../set-up/job.ts';
import { commandWay, type Outcome } from '../set-up/run-state.ts';
import { type ShownRun, withCustomerRun } from '../set-up/shown-run.ts';
import type { Command, Shell } from '../shell/shell.ts';

/** A second secret beside the first. The page then says what to do in T&A before the first one goes. */
export const renewSecret: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  if (!known.record?.secret) return await offerSetUp(known, shell);
  const title = vscode.l10n.t('Renewing the secret of {0}', known.customer.name);
  const story = { title, proves: true, command: 'renewSecret' };
  await withCustomerRun(known, shell, story, (run) => addSecond(known, shell, run));
};

async function addSecond(known: KnownCustomer, shell: Shell, run: ShownRun): Promise<void> {
  const azure = azureSignIn(known, shell, run);
  const show = shownIn(run, known, shell);
  const confirm = ({ plan }: Prepared): Promise<boolean> => askForChanges(run, plan);
  const ports = {
    ...corePorts(known, shell, run),
    confirm,
    vault: { signInToAzure: azure.signIn, choose: chooseInBox },
  };
  const notes: string[] = [];
  const showOne = async (event: RenewProgress): Promise<void> => {
    if (event.kind === 'vault') return run.say(escrowText(event.progress));
    if (event.kind === 'renewed elsewhere') notes.push(rivalNote(event.rival));
    else if (event.kind !== 'papers') await show(event);
  };
  try {
    const { papers } = await drain(renew({ ...jobOf(known, run), mail: undefined }, ports), showOne);
    if (papers.staleCopy !== undefined) notes.push(staleNote(papers.staleCopy));
    if (notes.length > 0) run.change({ outcome: outcomeOf(notes, known) });
  } finally {
    await azure.signOut();
  }
}

/** What has to be known beside what the record tells. */
const outcomeOf = (notes: readonly string[], { file }: KnownCustomer): Outcome => ({
  tone: 'warn',
  title: vscode.l10n.t('The secret is renewed'),
  lines: [
    ...notes,
    vscode.l10n.t(
      'Enter the new secret in T&A and press Test. When that email has arrived, finish the renewal.',
    ),
  ],
  ways: [commandWay(vscode.l10n.t('Finish Renewal…'), 'finishRenewal', file.uri)],
});

const rivalNote = ({ displayName, hint }: Readonly<Record<'displayName' | 'hint', string>>): string =>
  vscode.l10n.t(
    'Another run renewed this secret too, a moment later: "{0}" (begins with {1}). That run removes its own. Tell your colleague that yours stays.',
    plain(displayName),
    plain(hint),
  );

const staleNote = (copy: string): string =>
  vscode.l10n.t(
    '{0} still contains the old secret. If a pipeline checks this customer, export the preferences again, encrypted.',
    basename(copy),
  );

/** Removes the old secret, when T&A's own Test has arrived and Entra does not speak against it. */
export const finishRenewal: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  if (!known.record?.secret) return await offerSetUp(known, shell);
  const { name } = known.customer;
  const title = vscode.l10n.t('Finishing the renewal of {0}', name);
  await withCustomerRun(known, shell, { title, command: 'finishRenewal' }, async (run) => {
    const show = shownIn(run, known, shell);
    const confirm = (_prepared: Prepared, line: Words): Promise<boolean> => didTestArrive(run, line);
    await drain(finish(jobOf(known, run), { ...corePorts(known, shell, run), confirm }), async (event) => {
      if (event.kind === 'last use') run.say(coreWords(event.line));
      else await show(event);
    });
    const done = vscode.l10n.t(
      '{0}: the old client secret is removed. From now on T&A needs the new one.',
      name,
    );
    run.change({ outcome: { tone: 'good', title: done, lines: [], ways: [] } });
  });
};

const didTestArrive = (run: ShownRun, line: Words): Promise<boolean> =>
  askEither(run, {
    title: coreWords(testQuestion.title),
    lines: [coreWords(line), coreWords(testQuestion.text)],
    refuse: vscode.l10n.t('Not Yet'),
    agree: vscode.l10n.t('It Arrived: Remove Old Secret'),
  });
