import * as vscode from 'vscode';
import { copiesIn } from '../../core/customer/copies.ts';
import { exchangeRemovalFileOf } from '../../core/customer/file-names.ts';
import { clientIdIn } from '../../core/customer/record.ts';
import type { CopyEnd } from '../../core/escrow/remove-kept.ts';
import { whatRemains } from '../../core/setup/removal.ts';
import type { Prepared } from '../../core/stories/prepare.ts';
import { type Removed, type RemoveProgress, remove } from '../../core/stories/remove.ts';
import { drain } from '../../core/waiting.ts';
import { plain } from '../../core/words/say.ts';
import { askLine } from '../ask/ask-text.ts';
import { coreWords } from '../core-words.ts';
import { chooseCustomer, type KnownCustomer } from '../customers/choose.ts';
import { askEither, jobOf, shownIn } from '../set-up/job.ts';
import type { Outcome } from '../set-up/run-state.ts';
import { type ShownRun, withCustomerRun } from '../set-up/shown-run.ts';
import { forgetWait } from '../set-up/waits.ts';
import type { Command, Shell } from '../shell/shell.ts';
import { askAdmin } from '../sign-in/ask-admin.ts';

/** Takes away in the tenant what is ours. The customer's name is entered before the first change. */
export const removeCustomer: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const { customer, record, file } = known;
  const title = vscode.l10n.t('Removing {0} from the tenant', customer.name);
  const story = { title, aim: 'removal' as const, command: 'removeCustomer' };
  await withCustomerRun(known, shell, story, async (run) => {
    const wish = await askWish(known, run);
    const removed = await takeAway(known, wish, shell, run);
    await forgetWait(shell.context, file.uri);
    // A run that goes on finds the application in the removal.
    const clientId = record && clientIdIn(record);
    if (wish.withSecret && clientId !== undefined) await shell.secrets.forget(clientId);
    run.change({ outcome: outcomeOf(removed, known) });
  });
};

interface Wish {
  readonly vault: boolean;
  readonly withSecret: boolean;
  readonly purge: boolean;
}

async function askWish({ record }: KnownCustomer, run: ShownRun): Promise<Wish> {
  const withSecret = await askEither(run, {
    title: vscode.l10n.t('What should happen to the client secret on this computer?'),
    lines: [
      vscode.l10n.t('The client secret works again if the application is restored.'),
      vscode.l10n.t('With the file go the one before it and the encrypted copy beside it, if they exist.'),
    ],
    refuse: vscode.l10n.t('Keep the Preferences File'),
    agree: vscode.l10n.t('Delete the File and the Copy in VS Code'),
  });
  const askVault = (): Promise<boolean> =>
    askEither(run, {
      title: vscode.l10n.t("What should happen to the copy in the customer's Key Vault?"),
      lines: [
        vscode.l10n.t(
          'To delete it, someone signs in to Azure. If that account is not allowed to delete secrets, the copy is disabled.',
        ),
      ],
      refuse: vscode.l10n.t('Keep It'),
      agree: vscode.l10n.t('Delete It'),
    });
  const vault = record !== undefined && copiesIn(record).length > 0 && (await askVault());
  const purge = await askEither(run, {
    title: vscode.l10n.t('Can someone restore the application afterwards?'),
    lines: [vscode.l10n.t('No one can restore an application that was deleted permanently.')],
    refuse: vscode.l10n.t('Yes, for 30 Days'),
    agree: vscode.l10n.t('No: Delete Permanently'),
  });
  return { withSecret, vault, purge };
}

function takeAway(
  known: KnownCustomer,
  { withSecret, vault, purge }: Wish,
  shell: Shell,
  run: ShownRun,
): Promise<Removed> {
  const { customer, paths } = known;
  const wish = { preferences: withSecret, vault, exchangeScript: exchangeRemovalFileOf(paths.record) };
  const story = remove(
    { ...jobOf(known, run), wish, purge },
    {
      ...run,
      signIn: (tenantId) => shell.sessions.signIn(customer, tenantId, run),
      askName: (prepared) => agreedName(prepared, known, run),
      // It was asked apart already.
      confirmPurge: async () => true,
      signInToAzure: (tenantId, claims) =>
        askAdmin(customer, tenantId, run, shell.practice.running, { access: 'azure', claims }),
    },
  );
  const show = shownIn(run, known, shell);
  return drain(story, (event) => showRemoval(event, run, show));
}

async function showRemoval(
  event: RemoveProgress,
  run: ShownRun,
  show: ReturnType<typeof shownIn>,
): Promise<void> {
  if (event.kind === 'purged') return run.say(vscode.l10n.t('Deleted permanently'));
  if (event.kind === 'copy') return run.say(endOfCopy(event.end));
  await show(event);
}

const endOfCopy = ({ kind }: CopyEnd): string =>
  kind === 'deleted'
    ? vscode.l10n.t('Copy in the Key Vault deleted')
    : kind === 'left'
      ? vscode.l10n.t('Copy in the Key Vault left where it is')
      : vscode.l10n.t('Copy in the Key Vault disabled');

/** The plan can be read before the name is entered, and again after the box was left. `undefined` where the person cancels. */
async function agreedName(
  prepared: Prepared,
  known: KnownCustomer,
  run: ShownRun,
): Promise<string | undefined> {
  for (;;) {
    if ((await run.ask({ kind: 'removal', plan: prepared.plan })) === 'cancel') return undefined;
    try {
      return await askName(prepared, known);
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) throw error;
    }
  }
}

/** Core compares it once more. */
function askName({ plan: { tenant } }: Prepared, { customer: { name } }: KnownCustomer): Promise<string> {
  const prompt = vscode.l10n.t(
    "To remove what the plan shows in {0} ({1}), enter the customer's name: {2}",
    plain(tenant.displayName),
    plain(tenant.domain),
    plain(name),
  );
  const read = (text: string) =>
    text.trim() === name.trim()
      ? { ok: true as const, value: text }
      : { ok: false as const, problem: vscode.l10n.t('This is not the name of the customer.') };
  return askLine({ prompt, read }, vscode.l10n.t('Remove from Tenant'));
}

const outcomeOf = (removed: Removed, { customer }: KnownCustomer): Outcome => ({
  tone: 'good',
  title: vscode.l10n.t('{0} is removed from the tenant.', customer.name),
  lines: whatRemains(removed).map(coreWords),
  ways: [],
});
