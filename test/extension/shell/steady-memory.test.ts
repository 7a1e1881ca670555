import { expect, test } from 'vitest';
import type * as vscode from 'vscode';
import { steadyMemory } from '../../../src/extension/shell/steady-memory.ts';

/** After everything that can be done now. */
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** As VS Code keeps it: a write is told back with all that was there when it was made. `kept`: what a reload finds. */
function vscodeMemory() {
  let seen: Record<string, unknown> = {};
  let kept: Record<string, unknown> = {};
  const memory: vscode.Memento = {
    keys: () => Object.keys(seen),
    get: (key: string, otherwise?: unknown): unknown => seen[key] ?? otherwise,
    async update(key: string, value: unknown) {
      seen = { ...seen, [key]: value };
      await soon();
      kept = { ...seen };
      const told = kept;
      await soon();
      seen = { ...told };
    },
  };
  return { memory, kept: () => kept };
}

/** Letters come while the first of them is still being written. */
async function typeInto(memory: vscode.Memento): Promise<void> {
  const written = [memory.update('name', 'C')];
  await soon();
  written.push(memory.update('name', 'Co'), memory.update('place', 'here'));
  await Promise.all(written);
}

test('VS Code loses what is written while it tells of the write before', async () => {
  const { memory, kept } = vscodeMemory();
  await typeInto(memory);
  expect(kept()).toEqual({ name: 'C' });
});

test('one write at a time loses nothing, and what waits is there to be read', async () => {
  const { memory, kept } = vscodeMemory();
  const steady = steadyMemory(memory);
  const done = typeInto(steady);
  await soon();
  expect([steady.get('name'), steady.get('place', 'nowhere')]).toEqual(['Co', 'here']);
  await done;
  expect(kept()).toEqual({ name: 'Co', place: 'here' });
  await steady.update('place', undefined);
  expect([steady.keys(), steady.get('place', 'nowhere')]).toEqual([['name'], 'nowhere']);
});

test('a write that fails is told, and the next one is made', async () => {
  const { memory, kept } = vscodeMemory();
  const { update } = memory;
  memory.update = () => Promise.reject(new Error('full'));
  const steady = steadyMemory(memory);
  await expect(steady.update('name', 'C')).rejects.toThrow('full');
  memory.update = update;
  await steady.update('name', 'Co');
  expect(kept()).toEqual({ name: 'Co' });
});
