import type * as vscode from 'vscode';

/** The part of VS Code's context that keeps things, gone with the test. */
export function forgetfulContext(): vscode.ExtensionContext {
  const values = new Map<string, unknown>();
  const memory = {
    keys: () => [...values.keys()],
    get: (key: string, otherwise?: unknown) => values.get(key) ?? otherwise,
    update: async (key: string, value: unknown) => void values.set(key, value),
    setKeysForSync: () => undefined,
  };
  const kept = new Map<string, string>();
  const secrets = {
    get: async (key: string) => kept.get(key),
    store: async (key: string, value: string) => void kept.set(key, value),
    delete: async (key: string) => void kept.delete(key),
  };
  return { globalState: memory, workspaceState: memory, secrets } as unknown as vscode.ExtensionContext;
}
