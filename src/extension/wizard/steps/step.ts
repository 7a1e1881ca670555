import { askText, type TextQuestion, taken } from '../../ask/ask-text.ts';
import type { Answer, Place } from '../../ask/box.ts';
import type { Outlet } from '../../shell/ports.ts';
import type { CustomerDraft } from '../draft.ts';

/** One question: the draft with its answer, and whether the question before it shall be asked again. */
export type WizardStep = (draft: CustomerDraft, place: Place, outlet: Outlet) => Promise<StepEnd>;

export interface StepEnd {
  readonly draft: CustomerDraft;
  readonly back: boolean;
}

export function endOf<T>(
  draft: CustomerDraft,
  answer: Answer<T>,
  partOf: (value: T) => Partial<CustomerDraft>,
): StepEnd {
  return answer.kind === 'back'
    ? { draft, back: true }
    : { draft: { ...draft, ...partOf(answer.value) }, back: false };
}

/** A line of text for one field of the draft. Going back keeps what was typed, right or wrong. */
export async function textStep(
  field: 'name' | 'tenant' | 'fromAddress' | 'fromName',
  draft: CustomerDraft,
  question: Omit<TextQuestion<string>, 'find'>,
  place: Place,
): Promise<StepEnd> {
  const answer = await askText({ ...question, find: taken }, place);
  if (answer.kind === 'back') return { draft: { ...draft, [field]: answer.text }, back: true };
  return { draft: { ...draft, [field]: answer.value }, back: false };
}
