import * as vscode from 'vscode';
import type { SecretPolicy } from '../../core/preferences/export.ts';
import { Secret } from '../../core/secret.ts';

/** What becomes of the client secret in an exported file. Throws a CancellationError on Esc. */
export async function askSecretPolicy(preferencesFile: string): Promise<SecretPolicy> {
  const items = [
    {
      label: vscode.l10n.t('With the client secret in clear'),
      detail: vscode.l10n.t('Whoever reads the file can send mail as T&A.'),
      policy: async (): Promise<SecretPolicy> => ({ kind: 'include' }),
    },
    {
      label: vscode.l10n.t('Encrypted with a passphrase'),
      detail: vscode.l10n.t('Opens with the age tool. Without the passphrase nobody can read it again.'),
      policy: async (): Promise<SecretPolicy> => ({
        kind: 'encrypt',
        reader: { kind: 'passphrase', passphrase: await askPassphrase() },
      }),
    },
    {
      label: vscode.l10n.t('Without the client secret'),
      policy: async (): Promise<SecretPolicy> => ({ kind: 'omit', place: preferencesFile }),
    },
  ];
  const placeHolder = vscode.l10n.t('What becomes of the client secret?');
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  if (!picked) throw new vscode.CancellationError();
  return await picked.policy();
}

async function askPassphrase(): Promise<Secret> {
  const text = await askHidden(vscode.l10n.t('A passphrase of at least 12 letters. It is kept nowhere.'));
  const again = vscode.l10n.t('The same passphrase once more');
  await askHidden(again, (typed) =>
    typed === text ? undefined : vscode.l10n.t('The two are not the same.'),
  );
  return new Secret(text);
}

async function askHidden(
  prompt: string,
  validateInput: (typed: string) => string | undefined = () => undefined,
): Promise<string> {
  const title = vscode.l10n.t('Export Preferences');
  const options = { title, prompt, password: true, ignoreFocusOut: true, validateInput };
  const text = await vscode.window.showInputBox(options);
  if (text === undefined) throw new vscode.CancellationError();
  return text;
}
