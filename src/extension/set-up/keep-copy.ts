import * as vscode from 'vscode';
import { readPreferences } from '../../core/preferences/preferences-file.ts';
import type { SecretKeeper } from '../shell/secret-keeper.ts';

export type Memento = Pick<vscode.Memento, 'get' | 'update'>;

const toldKey = 'toldThatSecretsAreForgotten';

/** A second copy of the secret in the preferences file. Where VS Code does not keep it, the person is told, once. */
export async function keepCopy(
  preferencesFile: string,
  secrets: SecretKeeper,
  memory: Memento,
): Promise<void> {
  const { clientId, clientSecret } = (await readPreferences(preferencesFile)).connection;
  if (await isKept()) return;
  if (memory.get(toldKey, false)) return;
  await memory.update(toldKey, true);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'VS Code cannot keep a second copy of client secrets here (no keyring). The preferences file contains the only one: {0}',
      preferencesFile,
    ),
  );

  async function isKept(): Promise<boolean> {
    try {
      await secrets.keep(clientId, clientSecret);
      return (await secrets.find(clientId))?.reveal() === clientSecret.reveal();
    } catch {
      return false;
    }
  }
}
