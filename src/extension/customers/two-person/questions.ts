import * as vscode from 'vscode';
import { readText } from '../../../core/files/read-text.ts';
import { type ScriptForm, scriptExtensions } from '../../../core/hand-over/scripts/script-forms.ts';
import type { ImportJob } from '../../../core/stories/import-result.ts';
import { say } from '../../../core/words/say.ts';
import { askOpenPath, askSavePath } from '../../ask/ask-path.ts';
import { askOne, type Option } from '../../ask/ask-pick.ts';
import type { Shell } from '../../shell/shell.ts';
import type { KnownCustomer } from '../choose.ts';
import { askAgeKey } from '../export/ask-reader.ts';
import { ownRecipient } from './own-key.ts';

/** What the admin works with. Throws a CancellationError on Esc, as the others here do. */
export async function askForm(): Promise<ScriptForm> {
  const options: Option<ScriptForm>[] = [
    {
      value: 'powershell',
      label: vscode.l10n.t('PowerShell'),
      detail: vscode.l10n.t('Needs Microsoft Graph PowerShell'),
    },
    {
      value: 'az',
      label: vscode.l10n.t('Azure CLI'),
      detail: vscode.l10n.t('For bash, or Azure Cloud Shell'),
    },
  ];
  const question = vscode.l10n.t("What does the customer's administrator work with?");
  return await askOne({ question, options }, scriptTitle());
}

/** The age key to which the secret is sealed; `undefined`: it stays with the admin. */
export async function askRecipient({ context }: Shell): Promise<string | undefined> {
  const options: Option<() => Promise<string | undefined>>[] = [
    {
      label: vscode.l10n.t('Sealed for this VS Code'),
      detail: vscode.l10n.t(
        'Only VS Code on this computer can open it. The administrator needs the age tool.',
      ),
      value: () => askOwnKey(context),
    },
    {
      label: vscode.l10n.t('Sealed for an age key of yours'),
      detail: vscode.l10n.t('Opens with the key file. The administrator needs the age tool.'),
      value: () => askAgeKey(scriptTitle()),
    },
    {
      label: vscode.l10n.t('Not at all'),
      detail: vscode.l10n.t('The administrator enters the client secret in T&A.'),
      value: async () => undefined,
    },
  ];
  const question = vscode.l10n.t('How does the client secret come back?');
  const keyOf = await askOne({ question, options }, scriptTitle());
  return await keyOf();
}

/** Where VS Code cannot keep a key, nothing could open the client secret later: it goes for an age key of the person's own. */
async function askOwnKey(context: vscode.ExtensionContext): Promise<string> {
  const why = vscode.l10n.t('VS Code cannot keep a key here (no keyring).');
  return (await ownRecipient(context)) ?? (await askAgeKey(scriptTitle(), why));
}

const scriptTitle = (): string => vscode.l10n.t('Create Script for Administrator');

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
  const title = vscode.l10n.t("Import Administrator's Result");
  const options: Option<() => Promise<SentResult>>[] = [
    {
      label: vscode.l10n.t('From the clipboard'),
      value: async () => ({
        name: vscode.l10n.t('The clipboard'),
        text: await vscode.env.clipboard.readText(),
      }),
    },
    {
      label: vscode.l10n.t('From a file…'),
      value: async () => {
        const path = await askOpenPath({ title });
        return { name: path, text: await readText(path, say`the administrator's result`) };
      },
    },
  ];
  const read = await askOne(
    { question: vscode.l10n.t("Where is the administrator's result?"), options },
    title,
  );
  return await read();
}
