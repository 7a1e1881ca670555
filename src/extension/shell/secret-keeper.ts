import type * as vscode from 'vscode';
import { Secret } from '../../core/secret.ts';

/**
 * Secrets of one kind in VS Code's SecretStorage, on this machine only. It may forget (no keyring, another user), so it
 * never holds the only copy of anything.
 */
export interface SecretKeeper {
  keep(id: string, secret: Secret): Promise<void>;
  find(id: string): Promise<Secret | undefined>;
  forget(id: string): Promise<void>;
  /** Ids of what was kept and not forgotten. */
  all(): readonly string[];
  forgetAll(): Promise<void>;
}

export type Storage = Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>;

/** SecretStorage cannot be listed by every VS Code that we run in, so the ids stand in `globalState`. */
interface Kind {
  readonly prefix: string;
  readonly listedAs: string;
}

/** By client id; the first copy is in the preferences file. */
export const clientSecrets: Kind = { prefix: 'client-secret/', listedAs: 'clientIdsOfKeptSecrets' };

export function createSecretKeeper(
  { secrets, globalState }: Storage,
  { prefix, listedAs }: Kind,
): SecretKeeper {
  const all = (): string[] => globalState.get<string[]>(listedAs, []);
  const others = (id: string): string[] => all().filter((each) => each !== id);
  const forget = async (id: string): Promise<void> => {
    await secrets.delete(prefix + id);
    await globalState.update(listedAs, others(id));
  };
  return {
    async keep(id, secret) {
      await globalState.update(listedAs, [...others(id), id]);
      await secrets.store(prefix + id, secret.reveal());
    },
    async find(id) {
      const text = await secrets.get(prefix + id);
      return text === undefined ? undefined : new Secret(text);
    },
    forget,
    all,
    async forgetAll() {
      for (const id of all()) await forget(id);
    },
  };
}
