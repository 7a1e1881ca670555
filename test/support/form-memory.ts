import type { Memory } from '../../src/extension/mail-form/memory.ts';

/** Keeps what it is given as JSON, as VS Code does. */
export function formMemory(kept = new Map<string, string>()): Memory {
  return {
    get: (key) => JSON.parse(kept.get(key) ?? 'null') ?? undefined,
    update: async (key, value) => void kept.set(key, JSON.stringify(value)),
  };
}
