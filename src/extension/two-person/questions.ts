import * as vscode from 'vscode';
import { Failure } from '../../core/advice/failure.ts';
import { type ScriptForm, scriptExtensions } from '../../core/hand-over/scripts/write-script.ts';
import { checkRecipient } from '../../core/preferences/age.ts';
import type { KnownCustomer } from '../choose-customer.ts';
import type { Shell } from '../shell.ts';
import { coreWords } from '../vscode-core-words.ts';
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
  const items = [
    {
      label: vscode.l10n.t('Sealed for this VS Code'),
      detail: vscode.l10n.t('Only VS Code on this computer can open it. The admin needs the age tool.'),
      key: async (): Promise<string | undefined> => ownRecipient(context),
    },
    {
      label: vscode.l10n.t('Sealed for an age key of yours'),
      detail: vscode.l10n.t('Opens with the key file. The admin needs the age tool.'),
      key: async (): Promise<string | undefined> => askKey(),
    },
    {
      label: vscode.l10n.t('Not at all'),
      detail: vscode.l10n.t('The admin enters the client secret in T&A.'),
      key: async (): Promise<string | undefined> => undefined,
    },
  ];
  return await (await pick(items, vscode.l10n.t('How does the client secret come back?'))).key();
}

async function askKey(): Promise<string> {
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('Create Script for Admin'),
    prompt: vscode.l10n.t('The public half of your age key; it begins with age1.'),
    ignoreFocusOut: true,
    validateInput: faultOf,
  });
  if (key === undefined) throw new vscode.CancellationError();
  return key;
}

async function faultOf(key: string): Promise<string | undefined> {
  try {
    await checkRecipient(key);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return coreWords(error.message);
    throw error;
  }
}

export async function askScriptPath({ paths }: KnownCustomer, form: ScriptForm): Promise<string> {
  const extension = scriptExtensions[form];
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Create Script for Admin'),
    defaultUri: vscode.Uri.file(paths.customer.replace(/\.ta-customer\.json$/, `.ta-setup${extension}`)),
    filters: { [extension.slice(1)]: [extension.slice(1)] },
  });
  return pathOf(file);
}

/** What the admin sent, and how it is called in messages. */
export interface SentResult {
  readonly name: string;
  readonly path: string | undefined;
  readonly text: string;
}

export async function askResult(readFile: (path: string) => Promise<string>): Promise<SentResult> {
  const clipboard = vscode.l10n.t('From the clipboard');
  const file = vscode.l10n.t('From a file…');
  const place = vscode.l10n.t("Where is the admin's result?");
  const { label } = await pick([{ label: clipboard }, { label: file }], place);
  if (label === clipboard)
    return {
      name: vscode.l10n.t('The clipboard'),
      path: undefined,
      text: await vscode.env.clipboard.readText(),
    };
  const path = await askOpenPath(vscode.l10n.t("Import Admin's Result"));
  return { name: path, path, text: await readFile(path) };
}

export async function askOpenPath(title: string): Promise<string> {
  return pathOf((await vscode.window.showOpenDialog({ title, canSelectMany: false }))?.[0]);
}

function pathOf(uri: vscode.Uri | undefined): string {
  if (uri?.scheme !== 'file') throw new vscode.CancellationError();
  return uri.fsPath;
}

async function pick<T extends vscode.QuickPickItem>(items: T[], placeHolder: string): Promise<T> {
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  if (!picked) throw new vscode.CancellationError();
  return picked;
}
