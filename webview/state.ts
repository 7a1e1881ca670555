import type { SavedDraft } from '../src/contract/messages.ts';

export function newDraft({ subject, body }: { subject: string; body: string }): SavedDraft {
  const seconds = '120';
  return { version: 1, customer: '', to: '', cc: '', subject, body, waits: true, seconds, attachments: [] };
}

export interface DraftStore {
  current(): SavedDraft;
  change(part: Partial<SavedDraft>): void;
  /** Writes what is not written yet. */
  flush(): void;
}

/** Keeps a draft, and writes it a moment after the last change. */
export function createDraftStore(draft: SavedDraft, write: (draft: SavedDraft) => void): DraftStore {
  let current = draft;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    write(current);
  };
  return {
    current: () => current,
    change(part) {
      current = { ...current, ...part };
      clearTimeout(timer);
      timer = setTimeout(flush, 250);
    },
    flush,
  };
}
