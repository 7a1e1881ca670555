import type { Draft, Problem } from '../src/contract/messages.ts';
import type { Strings } from '../src/contract/strings.ts';
import type { SavedDraft } from './state.ts';

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
