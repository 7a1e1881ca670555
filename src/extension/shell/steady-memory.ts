import type * as vscode from 'vscode';

/**
 * VS Code's memory for all windows, with one write at a time. VS Code tells each write back with all that was in memory then,
 * and takes that for the newest: what was written meanwhile is lost (microsoft/vscode#137132, Nov 2021). So are letters of a
 * person who types quickly.
 */
export function steadyMemory(memory: vscode.Memento): vscode.Memento {
  const waiting = new Map<string, unknown>();
  let last: Thenable<void> = Promise.resolve();
  const write = async (key: string): Promise<void> => {
    if (!waiting.has(key)) return;
    const value = waiting.get(key);
    await memory.update(key, value);
    // Otherwise a newer one waits for its turn.
    if (waiting.get(key) === value) waiting.delete(key);
  };
  function get<T>(key: string): T | undefined;
  function get<T>(key: string, otherwise: T): T;
  function get<T>(key: string, otherwise?: T): T | undefined {
    return waiting.has(key) ? ((waiting.get(key) as T | undefined) ?? otherwise) : memory.get(key, otherwise);
  }
  return {
    get,
    keys: () => [...new Set([...memory.keys(), ...waiting.keys()])].filter((key) => get(key) !== undefined),
    update(key, value) {
      waiting.set(key, value);
      const turn = (): Promise<void> => write(key);
      last = last.then(turn, turn);
      return last;
    },
  };
}
