import type * as vscode from 'vscode';
import { Secret } from '../core/secret.ts';

/**
 * A second place for client secrets: VS Code's SecretStorage, on this machine only. It may forget (no keyring, another
 * user), so it never holds the only copy: the preferences file has the first.
 */
export interface SecretKeeper {
  keep(clientId: string, secret: Secret): Promise<void>;
  find(clientId: string): Promise<Secret | undefined>;
  forget(clientId: string): Promise<void>;
  forgetAll(): Promise<void>;
}

/** SecretStorage cannot be listed by every VS Code that we run in, so the client ids stand in `globalState`. */
const keptKey = 'clientIdsOfKeptSecrets';

export function createSecretKeeper({
  secrets,
  globalState,
}: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>): SecretKeeper {
  const key = (clientId: string): string => `client-secret/${clientId}`;
  const kept = (): string[] => globalState.get<string[]>(keptKey, []);
  const others = (clientId: string): string[] => kept().filter((id) => id !== clientId);
  const forget = async (clientId: string): Promise<void> => {
    await secrets.delete(key(clientId));
    await globalState.update(keptKey, others(clientId));
  };
  return {
    async keep(clientId, secret) {
      await globalState.update(keptKey, [...others(clientId), clientId]);
      await secrets.store(key(clientId), secret.reveal());
    },
    async find(clientId) {
      const text = await secrets.get(key(clientId));
      return text === undefined ? undefined : new Secret(text);
    },
    forget,
    async forgetAll() {
      for (const clientId of kept()) await forget(clientId);
    },
  };
}
