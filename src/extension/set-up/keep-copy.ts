import type * as vscode from 'vscode';
import { readPreferences } from '../../core/preferences/preferences-file.ts';
import type { SecretKeeper } from '../shell/secret-keeper.ts';

export type Memento = Pick<vscode.Memento, 'get' | 'update'>;

const lostKey = 'secretsAreNotKept';

/** Whether VS Code keeps no second copy here. The page says so, for as long as it is so. */
export const isOnlyCopy = (memory: Pick<Memento, 'get'>): boolean => memory.get(lostKey, false);

/** A second copy of the secret in the preferences file. */
export async function keepCopy(
  preferencesFile: string,
  secrets: SecretKeeper,
  memory: Memento,
): Promise<void> {
  const { clientId, clientSecret } = (await readPreferences(preferencesFile)).connection;
  const kept = await isKept();
  if (kept === isOnlyCopy(memory)) await memory.update(lostKey, kept ? undefined : true);

  async function isKept(): Promise<boolean> {
    try {
      await secrets.keep(clientId, clientSecret);
      return (await secrets.find(clientId))?.reveal() === clientSecret.reveal();
    } catch {
      return false;
    }
  }
}
