import * as vscode from 'vscode';
import type { Reader } from '../../core/preferences/age.ts';
import type { SecretPolicy } from '../../core/preferences/export.ts';
import { askAgeKey, askPassphrase } from './ask-reader.ts';

interface Choice<T> extends vscode.QuickPickItem {
  readonly answer: () => Promise<T>;
}

/** What becomes of the client secret in an exported file. Throws a CancellationError on Esc. */
export async function askSecretPolicy(preferencesFile: string): Promise<SecretPolicy> {
  const inClear: Choice<SecretPolicy> = {
    label: vscode.l10n.t('With the client secret in clear'),
    detail: vscode.l10n.t('Whoever reads the file can send mail as T&A.'),
    answer: async () => ({ kind: 'include' }),
  };
  const encrypted = readers(vscode.l10n.t('Export Preferences')).map(({ answer, ...item }) => ({
    ...item,
    answer: async () => ({ kind: 'encrypt', reader: await answer() }) as const,
  }));
  const without: Choice<SecretPolicy> = {
    label: vscode.l10n.t('Without the client secret'),
    answer: async () => ({ kind: 'omit', place: preferencesFile }),
  };
  return await ask<SecretPolicy>([inClear, ...encrypted, without]);
}

/** Who can open the encrypted preferences of a hand-over, `undefined` for a pack without them. Throws a CancellationError on Esc. */
export async function askPackReader(): Promise<Reader | undefined> {
  const without: Choice<undefined> = {
    label: vscode.l10n.t('Without the client secret'),
    detail: vscode.l10n.t('The report says where the secret is.'),
    answer: async () => undefined,
  };
  return await ask<Reader | undefined>([without, ...readers(vscode.l10n.t('Hand Over'))]);
}

function readers(title: string): Choice<Reader>[] {
  return [
    {
      label: vscode.l10n.t('Encrypted with a passphrase'),
      detail: vscode.l10n.t('Opens with the age tool. Without the passphrase nobody can read it again.'),
      answer: () => askPassphrase(title),
    },
    {
      label: vscode.l10n.t('Encrypted for an age key'),
      detail: vscode.l10n.t('Opens with the age tool, by the holder of the key alone.'),
      answer: async () => ({ kind: 'recipient', key: await askAgeKey(title) }),
    },
  ];
}

async function ask<T>(choices: readonly Choice<T>[]): Promise<T> {
  const placeHolder = vscode.l10n.t('What becomes of the client secret?');
  const picked = await vscode.window.showQuickPick(choices, { placeHolder });
  if (!picked) throw new vscode.CancellationError();
  return await picked.answer();
}
