import type * as vscode from 'vscode';

/** What VS Code keeps, each with all that was ever written: what a newer value took the place of has been on the disk too. */
export function notingContext() {
  const notes = { globalState: [] as string[], workspaceState: [] as string[] };
  const memory = (written: string[]) => {
    const values = new Map<string, unknown>();
    return {
      keys: () => [...values.keys()],
      get: (key: string, otherwise?: unknown) => values.get(key) ?? otherwise,
      async update(key: string, value: unknown) {
        written.push(JSON.stringify([key, value]));
        values.set(key, value);
      },
    };
  };
  const kept = new Map<string, string>();
  const secrets = {
    get: async (key: string) => kept.get(key),
    store: async (key: string, value: string) => void kept.set(key, value),
    delete: async (key: string) => void kept.delete(key),
  };
  const context = {
    ...{ secrets, globalState: memory(notes.globalState), workspaceState: memory(notes.workspaceState) },
    extension: { packageJSON: { contributes: { configuration: { properties: {} } } } },
  };
  return { context: context as unknown as vscode.ExtensionContext, notes, kept };
}
