import { mostAttachments, type Problem, type SavedDraft } from '../src/contract/messages.ts';
import { attempt, type Board } from './board.ts';
import { submitDraft } from './send-draft.ts';

/** What a person can do on the page. */
export interface Actions {
  edit(part: Partial<SavedDraft>): void;
  send(): void;
  cancel(): void;
  pickFiles(): void;
  addTestFile(): void;
  removeFile(id: string): void;
  /** Whether the code was right; `undefined` where that could not be found out. */
  confirmReceipt(address: string, code: string): Promise<boolean | undefined>;
  copyEvidence(): void;
  showLog(): void;
  handOver(): void;
  showMailbox(): void;
}

export function createActions(board: Board): Actions {
  const { host, store, texts, update } = board;
  const edit = (part: Partial<SavedDraft>): void => {
    store.change(part);
    if (part.customer) host.tell('chose', { customer: part.customer });
    const problems = board.model().problems.filter(({ field }) => !isEdited(field, part));
    update({ draft: store.current(), problems, alert: '', notice: '' });
  };
  const attach = async (kind: 'pickFiles' | 'addTestFile'): Promise<void> => {
    const picked = await attempt(board, host.ask(kind, {}));
    const { attachments } = store.current();
    const added = picked?.attachments.filter(({ id }) => attachments.every((file) => file.id !== id)) ?? [];
    if (added.length > 0) edit({ attachments: [...attachments, ...added].slice(0, mostAttachments) });
  };
  return {
    edit,
    send: () => void submitDraft(board),
    cancel: () => void attempt(board, host.ask('cancel', {})),
    pickFiles: () => void attach('pickFiles'),
    addTestFile: () => void attach('addTestFile'),
    removeFile: (id) => edit({ attachments: store.current().attachments.filter((file) => file.id !== id) }),
    async confirmReceipt(address, code) {
      const reply = await attempt(board, host.ask('confirmReceipt', { address, code }));
      if (reply?.confirmed) update({ notice: texts.strings.codeConfirmed });
      return reply?.confirmed;
    },
    async copyEvidence() {
      if (await attempt(board, host.ask('copyEvidence', {})))
        update({ notice: texts.strings.evidenceCopied });
    },
    showLog: () => void attempt(board, host.ask('showLog', {})),
    handOver: () => void attempt(board, host.ask('handOver', {})),
    showMailbox: () => void attempt(board, host.ask('showMailbox', {})),
  };
}

/** An edited field has no problem until someone looks again. */
function isEdited(field: Problem['field'], part: Partial<SavedDraft>): boolean {
  if (field === 'receiptSeconds') return part.seconds !== undefined || part.waits !== undefined;
  return part[field] !== undefined;
}
