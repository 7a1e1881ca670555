import * as vscode from 'vscode';
import type { Reader } from '../../../core/preferences/age.ts';
import type { SecretInExport } from '../../../core/preferences/export.ts';
import { askOne, type Option } from '../../ask/ask-pick.ts';
import { askAgeKey, askPassphrase } from './ask-reader.ts';

type Choice<T> = Option<() => Promise<T>>;

/** How the client secret is included in an exported file: not at all unless it is asked for. Throws a CancellationError on Esc. */
export async function askSecretPolicy(preferencesFile: string): Promise<SecretInExport> {
  const inClear: Choice<SecretInExport> = {
    label: `$(warning) ${vscode.l10n.t('Include the secret as plain text')}`,
    detail: vscode.l10n.t('Anyone who reads the file can send email as T&A.'),
    value: async () => ({ kind: 'include' }),
  };
  const title = vscode.l10n.t('Export Preferences');
  const encrypted = readers(title).map(({ value, ...item }) => ({
    ...item,
    value: async () => ({ kind: 'encrypt', reader: await value() }) as const,
  }));
  const without: Choice<SecretInExport> = {
    label: vscode.l10n.t('Without the client secret'),
    detail: vscode.l10n.t('The file says where the secret is.'),
    value: async () => ({ kind: 'omit', place: preferencesFile }),
  };
  return await ask<SecretInExport>([without, ...encrypted, inClear], title);
}

/** Who can open the encrypted preferences of a hand-over, `undefined` for a pack without them. Throws a CancellationError on Esc. */
export async function askPackReader(): Promise<Reader | undefined> {
  const without: Choice<undefined> = {
    label: vscode.l10n.t('Without the client secret'),
    detail: vscode.l10n.t('The report says where the secret is.'),
    value: async () => undefined,
  };
  const title = vscode.l10n.t('Hand Over');
  return await ask<Reader | undefined>([without, ...readers(title)], title);
}

function readers(title: string): Choice<Reader>[] {
  return [
    {
      label: vscode.l10n.t('Encrypted with a passphrase'),
      detail: vscode.l10n.t('Opens with the age tool. Without the passphrase no one can read it again.'),
      value: () => askPassphrase(title),
    },
    {
      label: vscode.l10n.t('Encrypted for an age key'),
      detail: vscode.l10n.t('Only the owner of the key can open it, with the age tool.'),
      value: async () => ({ kind: 'recipient', key: await askAgeKey(title) }),
    },
  ];
}

async function ask<T>(options: readonly Choice<T>[], title: string): Promise<T> {
  const question = vscode.l10n.t('How should the client secret be included?');
  const answer = await askOne({ question, options }, title);
  return await answer();
}
