import type { Memento } from 'vscode';
import * as z from 'zod/mini';
import { SavedDraft } from '../../contract/messages.ts';
import { RunView } from '../../contract/run-view.ts';
import { holdsSecret } from '../../core/secret.ts';

/** Outlives a restart; VS Code's `Memento`. Not for secrets. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** The form's last run, its draft and its files are those of one customer, by its id. */
export const memoryOf = (memory: Memory, id: string): Memory => ({
  get: (key) => memory.get(`${key}/${id}`),
  update: (key, value) => memory.update(`${key}/${id}`, value),
});

/** Forgets all of these. */
export async function forgetForm(memory: Memory & Pick<Memento, 'keys'>, id: string): Promise<void> {
  for (const each of memory.keys()) if (each.endsWith(`/${id}`)) await memory.update(each, undefined);
}

const key = 'mailForm.run';
const draftKey = 'mailForm.draft';

const StoredRun = z.strictObject({ run: RunView, tenant: z.string(), client: z.string() });
/** A run and whose mail it is, for the evidence. */
export type StoredRun = z.infer<typeof StoredRun>;

/** The run as it was left. One that was under way when the window closed was interrupted: no one knows how it ended. */
export function recallRun(memory: Memory): StoredRun | undefined {
  const stored = z.safeParse(StoredRun, memory.get(key)).data;
  if (!stored || stored.run.verdict !== undefined) return stored;
  const steps = stored.run.steps.map((step) =>
    step.state === 'running' || step.state === 'waiting' ? { ...step, state: 'stopped' as const } : step,
  );
  return { ...stored, run: { ...stored.run, steps, verdict: 'interrupted' } };
}

/** A secret that was pasted into a field is not kept with it. */
const isMisplaced = (value: unknown): boolean => typeof value === 'string' && holdsSecret(value);

/** The test email as far as it is typed; a page comes and goes with its tab's visibility, and with the window. */
export const recallEmailDraft = (memory: Memory): SavedDraft | undefined =>
  z.safeParse(SavedDraft, memory.get(draftKey)).data;

export async function rememberEmailDraft(memory: Memory, draft: SavedDraft): Promise<void> {
  const kept = Object.entries(draft).map(([field, value]) => [field, isMisplaced(value) ? '' : value]);
  await memory.update(draftKey, Object.fromEntries(kept));
}

export const forgetEmailDraft = (memory: Memory): PromiseLike<void> => memory.update(draftKey, undefined);

export async function rememberRun(memory: Memory, stored: StoredRun): Promise<void> {
  await memory.update(key, stored);
}
