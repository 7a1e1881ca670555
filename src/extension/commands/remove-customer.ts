import * as vscode from 'vscode';
import { exchangeRemovalFileOf } from '../../core/customer/file-names.ts';
import { whatRemains } from '../../core/setup/removal.ts';
import type { Prepared } from '../../core/stories/prepare.ts';
import { type Removed, type RemoveProgress, remove } from '../../core/stories/remove.ts';
import { drain } from '../../core/waiting.ts';
import { plain } from '../../core/words/say.ts';
import { askOne } from '../ask/ask-pick.ts';
import { askLine } from '../ask/ask-text.ts';
import { coreWords } from '../core-words.ts';
import { chooseCustomer, type KnownCustomer } from '../customers/choose.ts';
import { jobOf, shownIn } from '../set-up/job.ts';
import { type ShownRun, withCustomerRun } from '../set-up/shown-run.ts';
import { forgetWait } from '../set-up/waits.ts';
import type { Command, Shell } from '../shell/shell.ts';
import { askAdmin } from '../sign-in/ask-admin.ts';

/** Takes away in the tenant what is ours. The customer's name is entered before the first change. */
export const removeCustomer: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const { customer, record } = known;
  const withSecret = await askAboutSecret();
  const vault = record?.escrow !== undefined && (await askAboutCopy());
  const purge = await askAboutRestoring();
  const title = vscode.l10n.t('Removing {0} from the tenant', customer.name);
  const story = { title, aim: 'removal' as const, command: 'removeCustomer' };
  const removed = await withCustomerRun(known, shell, story, (run) =>
    takeAway(known, { withSecret, vault, purge }, shell, run),
  );
  await forgetWait(shell.context, known.file.uri);
  if (withSecret && record?.application) await shell.secrets.forget(record.application.clientId);
  void tell(removed, known);
};

interface Wish {
  readonly vault: boolean;
  readonly withSecret: boolean;
  readonly purge: boolean;
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
      askName: (prepared) => askName(prepared, known),
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
  if (event.kind === 'copy disabled') return run.say(vscode.l10n.t('Copy in the Key Vault disabled'));
  await show(event);
}

function askAboutSecret(): Promise<boolean> {
  return askOne(
    {
      placeholder: vscode.l10n.t('What should happen to the client secret on this computer?'),
      options: [
        {
          value: false,
          label: vscode.l10n.t('Keep the preferences file'),
          detail: vscode.l10n.t('Its client secret works again if the application is restored.'),
        },
        {
          value: true,
          label: vscode.l10n.t('Delete the preferences file, and the copy in VS Code'),
        },
      ],
    },
    vscode.l10n.t('Remove from Tenant'),
  );
}

function askAboutCopy(): Promise<boolean> {
  return askOne(
    {
      placeholder: vscode.l10n.t("What should happen to the copy in the customer's Key Vault?"),
      options: [
        { value: false, label: vscode.l10n.t('Keep it') },
        {
          value: true,
          label: vscode.l10n.t('Disable it'),
          detail: vscode.l10n.t('With a sign-in to Azure. No one can read it then.'),
        },
      ],
    },
    vscode.l10n.t('Remove from Tenant'),
  );
}

function askAboutRestoring(): Promise<boolean> {
  return askOne(
    {
      placeholder: vscode.l10n.t('Can someone restore the application afterwards?'),
      options: [
        { value: false, label: vscode.l10n.t('Yes, for 30 days') },
        {
          value: true,
          label: vscode.l10n.t('No: delete it permanently'),
          detail: vscode.l10n.t('No one can restore it.'),
        },
      ],
    },
    vscode.l10n.t('Remove from Tenant'),
  );
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

async function tell({ record, restorableUntil }: Removed, { customer }: KnownCustomer): Promise<void> {
  const detail = whatRemains(record, restorableUntil).map(coreWords).join('\n\n');
  const message = vscode.l10n.t('{0} is removed from the tenant.', customer.name);
  await vscode.window.showInformationMessage(message, { modal: true, detail });
}
