import type { Draft, Problem, SavedDraft } from '../src/contract/messages.ts';
import type { Strings } from '../src/contract/strings.ts';
import { attempt, type Board } from './board.ts';
import { fill, type PageTexts } from './texts.ts';
import { isRunning } from './views/model.ts';

/** Sends, unless a mail is under way or something must be corrected first; then the first such field gets the focus. */
export async function submitDraft(board: Board): Promise<void> {
  const { host, store, texts, model, update } = board;
  if (isRunning(model())) return;
  store.flush();
  const own = problemsOf(store.current(), texts.strings);
  if (own.length > 0) return refuse(board, own);
  update({ asking: true, problems: [], alert: '', notice: '' });
  const reply = await attempt(board, host.ask('send', draftToSend(store.current())));
  update({ asking: false });
  if (reply && reply.problems.length > 0) refuse(board, reply.problems);
}

function refuse({ update, focusField, texts }: Board, problems: readonly Problem[]): void {
  const labels = problems.map(({ field }) => fieldLabel(field, texts));
  update({ problems, alert: fill(texts.strings.correctFields, labels.join(', ')) });
  focusField(problems[0]?.field);
}

function fieldLabel(field: Problem['field'], { strings }: PageTexts): string {
  const labels: Readonly<Record<Problem['field'], string>> = {
    customer: strings.customer,
    to: strings.to,
    cc: strings.cc,
    subject: strings.subject,
    body: strings.message,
    attachments: strings.attachments,
    receiptSeconds: strings.seconds,
  };
  return labels[field];
}

/** What the page can see by itself before it asks the host. */
export function problemsOf(draft: SavedDraft, strings: Strings): Problem[] {
  const problems: Problem[] = [];
  if (draft.customer === '') problems.push({ field: 'customer', message: strings.chooseCustomer });
  if (draft.to.trim() === '') problems.push({ field: 'to', message: strings.required });
  if (draft.waits && secondsOf(draft) === undefined) {
    problems.push({ field: 'receiptSeconds', message: strings.badSeconds });
  }
  return problems;
}

/** The draft as the host takes it; the attachments go by their ids. */
export function draftToSend(draft: SavedDraft): { draft: Draft; attachments: string[] } {
  const { customer, to, cc, subject, body, attachments } = draft;
  const receiptSeconds = draft.waits ? (secondsOf(draft) ?? 0) : 0;
  return {
    draft: { customer, to, cc, subject, body, receiptSeconds },
    attachments: attachments.map(({ id }) => id),
  };
}

function secondsOf({ seconds }: SavedDraft): number | undefined {
  const number = /^\d{1,4}$/.test(seconds.trim()) ? Number(seconds) : 0;
  return number >= 1 && number <= 3600 ? number : undefined;
}
