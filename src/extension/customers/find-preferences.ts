import * as vscode from 'vscode';
import { exists } from '../../core/files/target.ts';
import { type Preferences, secretFault } from '../../core/preferences/preferences.ts';
import { readPreferences } from '../../core/preferences/preferences-file.ts';
import { preferencesFor } from '../../core/preferences/preferences-for.ts';
import { Secret } from '../../core/secret.ts';
import { askLine, type InputVerdict } from '../ask/ask-text.ts';
import { coreWords } from '../core-words.ts';
import type { SecretKeeper } from '../shell/secret-keeper.ts';
import type { KnownCustomer } from './choose.ts';

/**
 * A customer's preferences: from its file; where that is gone, from the record and the copy of the secret in VS Code, or
 * one that the person enters. `undefined` where nothing was set up yet. Throws a Failure, or a CancellationError.
 */
export async function findPreferences(
  { paths, customer, record }: KnownCustomer,
  secrets: SecretKeeper,
): Promise<Preferences | undefined> {
  if (await exists(paths.preferences)) return await readPreferences(paths.preferences);
  // Of a secret that was never created no one has the value.
  if (!record?.application || !record.secret) return undefined;
  const { clientId } = record.application;
  const secret = (await secrets.find(clientId)) ?? (await askSecret(paths.preferences));
  return preferencesFor(customer, record.tenant.id, clientId, secret);
}

/** Whether what was typed can be a client secret. */
export function readClientSecret(typed: string): InputVerdict<string> {
  const expected = secretFault(typed);
  return expected
    ? { ok: false, problem: vscode.l10n.t('Enter {0}.', coreWords(expected)) }
    : { ok: true, value: typed };
}

async function askSecret(file: string): Promise<Secret> {
  const question = {
    prompt: vscode.l10n.t(
      'The preferences file {0} does not exist, and VS Code has no copy of the client secret. Enter its value; it is not stored.',
      file,
    ),
    hidden: 'client secret' as const,
    read: readClientSecret,
  };
  return new Secret(await askLine(question, vscode.l10n.t('Client Secret')));
}
