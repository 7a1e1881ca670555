import * as vscode from 'vscode';
import { type CheckedCustomer, wantsAction } from '../../core/check/checked.ts';
import { mendingOf } from '../../core/check/finding.ts';
import { isToDo } from '../../core/customer/last-check.ts';
import { Failure } from '../../core/words/failure.ts';
import { dayOf } from '../../core/words/moment.ts';
import { coreWords } from '../core-words.ts';
import { chooseCustomer } from '../customers/choose.ts';
import { commandOf } from '../customers/next-move.ts';
import { checkCustomers, ofThisWorld } from '../fleet/check-customers.ts';
import { openFleetPage, showFindings } from '../fleet/fleet-page.ts';
import { commandWay, type Outcome } from '../set-up/run-state.ts';
import { withCustomerRun } from '../set-up/shown-run.ts';
import type { Command } from '../shell/shell.ts';

/** Looks at one customer with T&A's own credentials; the customer's page says whether T&A can send. */
export const checkCustomer: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const { customer, record, file } = known;
  const title = vscode.l10n.t('Checking {0}', customer.name);
  await withCustomerRun(known, shell, { title, command: 'checkCustomer' }, async (run) => {
    run.say(vscode.l10n.t("Looking with T&A's own credentials…"));
    const how = { record, mayBeFresh: false, signal: run.signal, tell: () => undefined };
    const [seen] = await checkCustomers([file], shell, how);
    if (seen) run.change({ outcome: outcomeOf(seen, file.uri) });
  });
};

/** Looks at all customers, on a page that fills as they come. */
export const checkAllCustomers: Command = async (shell) => {
  const all = await shell.customers.list();
  const files = await ofThisWorld(all, shell);
  const stop = new AbortController();
  const notes = notesOn(all.length, files.length, shell.practice.running !== undefined);
  const page = openFleetPage(notes, () => stop.abort());
  let note: string | undefined;
  try {
    const told = { tell: page.add, onWait: page.wait };
    await checkCustomers(files, shell, { signal: stop.signal, mayBeFresh: false, ...told });
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'TA-CANCELLED') throw error;
    note = coreWords(error.words);
  } finally {
    page.settle(note);
  }
};

/** A page of some customers is not to be taken for one of all. */
function notesOn(all: number, here: number, practising: boolean): string[] {
  if (all === 0) return [vscode.l10n.t('There is no customer to check yet.')];
  if (all === here) return [];
  return [
    practising
      ? vscode.l10n.t(
          'Not checked, because they were set up at Microsoft: {0}. To check them, stop the practice tenant.',
          all - here,
        )
      : vscode.l10n.t(
          'Not checked, because they were set up in the practice tenant: {0}. To check them, start it.',
          all - here,
        ),
  ];
}

function outcomeOf(seen: CheckedCustomer, uri: vscode.Uri): Outcome {
  const mending = mendingOf(seen.looked ? seen.findings : []);
  const mend = mending && commandWay(...commandOf(mending), uri);
  const details: Outcome['ways'][number] = {
    action: 'openResult',
    label: vscode.l10n.t('Show All Findings'),
    deed: () => showFindings(seen),
  };
  const isGood = seen.looked && !wantsAction(seen);
  return {
    tone: isGood ? 'good' : 'warn',
    title: isGood ? goodText(seen) : badText(seen),
    lines: isGood ? [] : toDo(seen),
    ways: [...(mend ? [mend] : []), details],
  };
}

function goodText({ name, secret, standing, findings }: CheckedCustomer): string {
  if (standing === 'removed') return vscode.l10n.t('{0}: {1}', name, findings[0]?.text ?? '');
  if (!secret) return vscode.l10n.t('{0}: nothing needs action.', name);
  const day = dayOf(secret.expiresAt);
  return vscode.l10n.t('{0}: nothing needs action. The secret expires on {1}.', name, day);
}

const badText = ({ name, looked }: CheckedCustomer): string =>
  looked ? vscode.l10n.t('{0} needs action', name) : vscode.l10n.t('{0} could not be looked at', name);

/** A line each: what was found, and what to do. */
const toDo = ({ looked, findings }: CheckedCustomer): string[] =>
  findings
    .filter((finding) => !looked || isToDo(finding))
    .map(({ text, next }) => (next === undefined ? text : vscode.l10n.t('{0} {1}', text, next)));
