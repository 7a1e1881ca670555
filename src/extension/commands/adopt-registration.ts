import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { preferencesFileOf, recordFileOf, slug } from '../../core/customer/file-names.ts';
import { findRecord } from '../../core/customer/record-file.ts';
import { EntraId } from '../../core/customer/tenant-name.ts';
import { type Incoming, importPreferences, pastedPreferences } from '../../core/preferences/import.ts';
import { Secret } from '../../core/secret.ts';
import { type Adopted, type Adoption, type AdoptJob, adopt } from '../../core/stories/adopt.ts';
import { drain } from '../../core/waiting.ts';
import { plain } from '../../core/words/say.ts';
import { askCustomerPath, askOpenPath, withIgnoreOffer } from '../ask/ask-path.ts';
import { askOne } from '../ask/ask-pick.ts';
import { askLine } from '../ask/ask-text.ts';
import { chooseFile, chooseFitting } from '../customers/choose.ts';
import { readClientSecret } from '../customers/find-preferences.ts';
import { customerFile, type ListedFile } from '../customers/list.ts';
import type { ListedCustomer } from '../customers/read-files.ts';
import { commandWay, type Outcome } from '../set-up/run-state.ts';
import { type ShownRun, withCustomerRun } from '../set-up/shown-run.ts';
import { lockOwner, requireWorld } from '../shell/ports.ts';
import type { Command, Shell, Target } from '../shell/shell.ts';
import { targetUri } from '../shell/trust.ts';

/** Adopts a registration that someone else created: looks, and writes customer file, preferences and record. */
export const adoptRegistration: Command = async (shell, target) => {
  const given = targetUri(target.item) && (await chooseHere(shell, target));
  const from = await askFrom();
  const file = given ?? (await chooseFor(from, shell, target));
  const { fsPath } = file.uri;
  const job = {
    customerFile: fsPath,
    preferencesFile: preferencesFileOf(fsPath),
    from: from.source,
    by: lockOwner,
  };
  const record = await findRecord(recordFileOf(fsPath));
  const title = vscode.l10n.t('Adopting a registration');
  await withCustomerRun({ file, record }, shell, { title, command: 'adoptRegistration' }, async (run) => {
    const adopted = await withIgnoreOffer(job.preferencesFile, () => lookAndAdopt(job, shell, run));
    const isKept = from.copied !== undefined && adopted.hasPreferences;
    const isCleared = isKept && (await clearClipboard(from.copied ?? ''));
    run.change({ outcome: outcomeOf(adopted, file, isCleared) });
  });
  if (vscode.workspace.getWorkspaceFolder(file.uri)) shell.customers.changed(undefined);
  else await shell.customers.remember(file.uri);
};

/** What T&A has tells whose it is: by the application, else by the sender. A client id alone does not. */
function chooseFor({ source, folder }: From, shell: Shell, target: Target): Promise<ListedFile> {
  if (source.kind !== 'preferences') return chooseFile(shell, target);
  const { clientId, fromEmailAddress } = source.found.connection;
  const fits = ({ customer, record }: ListedCustomer): boolean =>
    record?.application
      ? record.application.clientId === clientId
      : (customer?.mail.fromAddress.toLowerCase() ?? '') === fromEmailAddress?.toLowerCase();
  return chooseFitting(shell, target, fits, newFile(folder));
}

/** The customer may have no file yet, so it is the record alone that tells of another world. */
async function chooseHere(shell: Shell, target: Target): Promise<ListedFile> {
  const file = await chooseFile(shell, target);
  requireWorld(await findRecord(recordFileOf(file.uri.fsPath)), shell, file.uri);
  return file;
}

/** The preferences file has the secret now: it need not stay where every program can read it. Whatever was copied since is left alone. */
async function clearClipboard(copied: string): Promise<boolean> {
  if ((await vscode.env.clipboard.readText()) !== copied) return false;
  await vscode.env.clipboard.writeText('');
  return true;
}

interface From {
  readonly source: AdoptJob['from'];
  /** The text of the clipboard with a secret in it. */
  readonly copied?: string | undefined;
  /** Where the files of a new customer are proposed; a client id alone makes no customer file. */
  readonly folder: vscode.Uri | undefined;
}

async function askFrom(): Promise<From> {
  const begin = await askOne<() => Promise<From>>(
    {
      question: vscode.l10n.t('What do you have?'),
      options: [
        {
          value: async () => {
            const text = await vscode.env.clipboard.readText();
            const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
            const pasted = pastedPreferences(text, vscode.l10n.t('The clipboard'));
            const hasSecret = pasted.preferences.connection.clientSecret !== undefined;
            return { ...fromFound(pasted, folder), copied: hasSecret ? text : undefined };
          },
          label: vscode.l10n.t("T&A's preferences, as text on the clipboard"),
          detail: vscode.l10n.t('T&A > System preferences > Email: copy what both tabs show'),
        },
        {
          value: async () => {
            const path = await askPreferencesFile();
            return fromFound(await importPreferences(path), vscode.Uri.file(dirname(path)));
          },
          label: vscode.l10n.t("T&A's preferences, as a file…"),
          detail: vscode.l10n.t('An export, or the text of both tabs saved as .txt'),
        },
        {
          value: async () => ({
            source: { kind: 'client id', clientId: await askClientId() },
            folder: undefined,
          }),
          label: vscode.l10n.t('The client id of the application'),
          detail: vscode.l10n.t('For a customer in the list; an administrator signs in.'),
        },
      ],
    },
    vscode.l10n.t('Adopt a Registration'),
  );
  return await begin();
}

const fromFound = ({ preferences }: Incoming, folder: vscode.Uri | undefined): From => ({
  source: { kind: 'preferences', found: preferences },
  folder,
});

const askPreferencesFile = (): Promise<string> =>
  askOpenPath({
    title: vscode.l10n.t("T&A's preferences"),
    filters: { [vscode.l10n.t('Preferences')]: ['json', 'txt'] },
  });

function askClientId(): Promise<string> {
  const prompt = vscode.l10n.t('Client ID (Application ID) that T&A has on its Connection tab');
  const read = (text: string) => {
    const id = EntraId.safeParse(text);
    return id.success
      ? { ok: true as const, value: id.data }
      : {
          ok: false as const,
          problem: vscode.l10n.t('A GUID such as 1b4e28ba-2fa1-4d2c-883f-0016d3cca427'),
        };
  };
  return askLine({ prompt, read }, vscode.l10n.t('Adopt a Registration'));
}

/** For a customer who has no file yet: it is written from the preferences. */
const newFile = (folder: vscode.Uri | undefined) => ({
  label: `$(add) ${vscode.l10n.t('A new customer, from the preferences…')}`,
  alwaysShow: true,
  async value(): Promise<ListedFile> {
    const proposed = folder && vscode.Uri.joinPath(folder, `${slug('customer')}.ta-customer.json`);
    return customerFile(await askCustomerPath(proposed));
  },
});

function lookAndAdopt(job: Omit<AdoptJob, 'kind'>, shell: Shell, run: ShownRun): Promise<Adopted> {
  const story = adopt(
    { ...job, kind: run.kind },
    {
      ...run,
      signIn: (tenantId, customer) => shell.sessions.signIn(customer, tenantId, run),
      askSecret,
      confirm: (adoption) => confirm(adoption, run),
    },
  );
  return drain(story, (event) => {
    if (event.kind === 'signed in')
      run.say(vscode.l10n.t('Signed in as {0}; looking', plain(event.admin.userPrincipalName)));
    if (event.kind === 'seen by the application itself')
      run.say(vscode.l10n.t('Seen with the rights of the application itself'));
  });
}

async function askSecret(): Promise<Secret | undefined> {
  const prompt = vscode.l10n.t('Client Secret, as T&A has it. Leave it empty if you do not have it.');
  const read = (value: string) => (value === '' ? { ok: true as const, value } : readClientSecret(value));
  const question = { prompt, hidden: 'client secret' as const, read };
  const answer = await askLine(question, vscode.l10n.t('Adopt a Registration'));
  return answer === '' ? undefined : new Secret(answer);
}

/** Beside the question the page shows what is on the application, and what a set-up would change. */
async function confirm(adoption: Adoption, run: ShownRun): Promise<boolean> {
  const { findings, plan, clientId, isNew, hasPreferences } = adoption;
  run.change({ findings, plan });
  const files = [
    ...(isNew ? [vscode.l10n.t('customer file')] : []),
    ...(hasPreferences ? [vscode.l10n.t('preferences')] : []),
    vscode.l10n.t('record'),
  ];
  const question = {
    title: vscode.l10n.t('Does T&A work with the application {0}?', clientId),
    lines: [vscode.l10n.t('These files are written: {0}. Nothing changes in the tenant.', files.join(', '))],
    refuse: vscode.l10n.t('Leave It Alone'),
    agree: vscode.l10n.t('Write the Files'),
    wanted: true,
  };
  return (await run.ask({ kind: 'either', ...question })) === 'agree';
}

function outcomeOf({ customer, plan }: Adopted, { uri }: ListedFile, isCleared: boolean): Outcome {
  const count = plan.changes.length;
  const setUp = vscode.l10n.t('Set Up Customer');
  const left =
    count === 0
      ? vscode.l10n.t('The registration is as a set-up would create it.')
      : vscode.l10n.t('Changes that a set-up would make: {0}', count);
  return {
    tone: 'good',
    title: vscode.l10n.t('{0} is adopted.', customer.name),
    lines: isCleared ? [left, vscode.l10n.t('The clipboard is empty: it held the client secret.')] : [left],
    ways: count === 0 ? [] : [commandWay(setUp, 'resumeSetUp', uri)],
  };
}
