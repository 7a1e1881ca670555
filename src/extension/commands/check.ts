import * as vscode from 'vscode';
import { type CheckedCustomer, wantsAction } from '../../core/check/checked.ts';
import { type Mending, mendingOf } from '../../core/check/finding.ts';
import { isToDo } from '../../core/customer/last-check.ts';
import { dayOf } from '../../core/words/moment.ts';
import { chooseCustomer } from '../customers/choose.ts';
import { checkCustomers, ofThisWorld, withProgress } from '../fleet/check-customers.ts';
import { openFleetPage } from '../fleet/fleet-page.ts';
import type { Command } from '../shell/shell.ts';

/** Looks at one customer with T&A's own credentials, and says in one sentence whether T&A can send. */
export const checkCustomer: Command = async (shell, target) => {
  const { customer, record, file } = await chooseCustomer(shell, target);
  const title = vscode.l10n.t('Checking {0}', customer.name);
  const [seen] = await withProgress(title, (how) =>
    checkCustomers([file], shell, { ...how, record, mayBeFresh: false }),
  );
  if (seen) void tell(seen, file.uri);
};

/** Looks at all customers, on a page that fills as they come. */
export const checkAllCustomers: Command = async (shell) => {
  const all = await shell.customers.list();
  const files = await ofThisWorld(all, shell);
  if (files.length === 0) {
    void vscode.window.showInformationMessage(nothingText(all.length, shell.practice.running !== undefined));
    return;
  }
  const page = openFleetPage(leftOutText(all.length - files.length, shell.practice.running !== undefined));
  try {
    await withProgress(vscode.l10n.t('Checking customers'), ({ signal, tell: show }) =>
      checkCustomers(files, shell, {
        signal,
        mayBeFresh: false,
        tell(progress) {
          show(progress);
          page.add(progress.customer, progress);
        },
      }),
    );
  } finally {
    page.settle();
  }
};

function nothingText(all: number, practising: boolean): string {
  if (all === 0) return vscode.l10n.t('There is no customer to check yet.');
  return practising
    ? vscode.l10n.t('No customer was set up in the practice tenant. Stop it to check customers at Microsoft.')
    : vscode.l10n.t('All customers were set up in the practice tenant. Start it to check them.');
}

/** A page of some customers is not to be taken for one of all. */
function leftOutText(count: number, practising: boolean): string | undefined {
  if (count === 0) return undefined;
  return practising
    ? vscode.l10n.t(
        'Not checked, because they were set up at Microsoft: {0}. To check them, stop the practice tenant.',
        count,
      )
    : vscode.l10n.t(
        'Not checked, because they were set up in the practice tenant: {0}. To check them, start it.',
        count,
      );
}

async function tell(seen: CheckedCustomer, uri: vscode.Uri): Promise<void> {
  const details = vscode.l10n.t('Show Details');
  const mending = mendingOf(seen.looked ? seen.findings : []);
  const [mend, command] = mending ? mends(mending) : [];
  const isGood = seen.looked && !wantsAction(seen);
  const answer = await (isGood
    ? vscode.window.showInformationMessage(goodText(seen), details)
    : vscode.window.showWarningMessage(badText(seen), details, ...(mend === undefined ? [] : [mend])));
  if (command !== undefined && answer === mend) await vscode.commands.executeCommand(command, uri);
  if (answer !== details) return;
  const page = openFleetPage();
  page.add(seen, { done: 1, total: 1 });
  page.settle();
}

/** The button of a story, and its command. */
function mends(mending: Mending): [title: string, command: string] {
  switch (mending) {
    case 'renew':
      return [vscode.l10n.t('Renew Secret'), 'taExchange.renewSecret'];
    case 'finish renewal':
      return [vscode.l10n.t('Finish Renewal'), 'taExchange.finishRenewal'];
    case 'set up':
      return [vscode.l10n.t('Set Up Customer'), 'taExchange.setUpCustomer'];
    case 'prove scope':
      return [vscode.l10n.t('Prove Mailbox Scope'), 'taExchange.proveMailboxScope'];
    case 'remove':
      return [vscode.l10n.t('Remove from Tenant'), 'taExchange.removeCustomer'];
    default:
      return mending satisfies never;
  }
}

function goodText({ name, secret, standing, findings }: CheckedCustomer): string {
  if (standing === 'not set up' || standing === 'removed')
    return vscode.l10n.t('{0}: {1}', name, findings[0]?.text ?? '');
  if (!secret) return vscode.l10n.t('{0}: nothing needs action.', name);
  const day = dayOf(secret.expiresAt);
  return vscode.l10n.t('{0}: nothing needs action. The secret expires on {1}.', name, day);
}

/** The first thing to act on; the page tells the others. */
function badText({ name, looked, findings }: CheckedCustomer): string {
  const [first] = findings.filter((finding) => !looked || isToDo(finding));
  const text = [first?.text, first?.next].filter((part) => part !== undefined).join(' ');
  return looked
    ? vscode.l10n.t('{0}: {1}', name, text)
    : vscode.l10n.t('{0} could not be looked at: {1}', name, text);
}
