import * as vscode from 'vscode';
import { readText } from '../../core/files/read-text.ts';
import { type ScriptForm, scriptExtensions } from '../../core/hand-over/scripts/script-forms.ts';
import type { ImportJob } from '../../core/import-result.ts';
import { askOpenPath, askSavePath } from '../ask-path.ts';
import type { KnownCustomer } from '../choose-customer.ts';
import { askAgeKey } from '../export/ask-reader.ts';
import type { Shell } from '../shell.ts';
import { ownRecipient } from './own-key.ts';

/** What the admin works with. Throws a CancellationError on Esc, as the others here do. */
export async function askForm(): Promise<ScriptForm> {
  const items: (vscode.QuickPickItem & { readonly form: ScriptForm })[] = [
    {
      form: 'powershell',
      label: vscode.l10n.t('PowerShell'),
      detail: vscode.l10n.t('Needs Microsoft Graph PowerShell'),
    },
    {
      form: 'az',
      label: vscode.l10n.t('Azure CLI'),
      detail: vscode.l10n.t('For bash, or Azure Cloud Shell'),
    },
    {
      form: 'bicep',
      label: vscode.l10n.t('Bicep'),
      detail: vscode.l10n.t('Needs an Azure subscription; cannot make the client secret'),
    },
  ];
  return (await pick(items, vscode.l10n.t("What does the customer's admin work with?"))).form;
}

/** The age key to which the secret is sealed; `undefined`: it stays with the admin. */
export async function askRecipient({ context }: Shell): Promise<string | undefined> {
  const items: (vscode.QuickPickItem & { readonly key: () => Promise<string | undefined> })[] = [
    {
      label: vscode.l10n.t('Sealed for this VS Code'),
      detail: vscode.l10n.t('Only VS Code on this computer can open it. The admin needs the age tool.'),
      key: () => askOwnKey(context),
    },
    {
      label: vscode.l10n.t('Sealed for an age key of yours'),
      detail: vscode.l10n.t('Opens with the key file. The admin needs the age tool.'),
      key: () => askAgeKey(scriptTitle()),
    },
    {
      label: vscode.l10n.t('Not at all'),
      detail: vscode.l10n.t('The admin enters the client secret in T&A.'),
      key: async () => undefined,
    },
  ];
  return await (await pick(items, vscode.l10n.t('How does the client secret come back?'))).key();
}

async function askOwnKey(context: vscode.ExtensionContext): Promise<string> {
  const recipient = await ownRecipient(context);
  if (recipient !== undefined) return recipient;
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'VS Code cannot keep a key here (no keyring), so nothing could open the client secret later. Choose an age key of yours instead.',
    ),
  );
  throw new vscode.CancellationError();
}

const scriptTitle = (): string => vscode.l10n.t('Create Script for Admin');

export function askScriptPath({ paths }: KnownCustomer, form: ScriptForm): Promise<string> {
  const extension = scriptExtensions[form];
  return askSavePath({
    title: scriptTitle(),
    defaultUri: vscode.Uri.file(paths.customer.replace(/\.ta-customer\.json$/, `.ta-setup${extension}`)),
    filters: { [extension.slice(1)]: [extension.slice(1)] },
  });
}

/** What the admin sent, and how it is called in messages. */
export type SentResult = ImportJob['result'];

export async function askResult(): Promise<SentResult> {
  const clipboard = vscode.l10n.t('From the clipboard');
  const file = vscode.l10n.t('From a file…');
  const place = vscode.l10n.t("Where is the admin's result?");
  const { label } = await pick([{ label: clipboard }, { label: file }], place);
  if (label === clipboard)
    return { name: vscode.l10n.t('The clipboard'), text: await vscode.env.clipboard.readText() };
  const path = await askOpenPath({ title: vscode.l10n.t("Import Admin's Result") });
  return { name: path, text: await readText(path, "the admin's result") };
}

async function pick<T extends vscode.QuickPickItem>(items: T[], placeHolder: string): Promise<T> {
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  if (!picked) throw new vscode.CancellationError();
  return picked;
}
