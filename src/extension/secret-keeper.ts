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
}

export function createSecretKeeper({ secrets }: vscode.ExtensionContext): SecretKeeper {
  const key = (clientId: string): string => `client-secret/${clientId}`;
  return {
    keep: async (clientId, secret) => secrets.store(key(clientId), secret.reveal()),
    async find(clientId) {
      const text = await secrets.get(key(clientId));
      return text === undefined ? undefined : new Secret(text);
    },
    forget: async (clientId) => secrets.delete(key(clientId)),
  };
}
