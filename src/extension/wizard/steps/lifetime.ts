import * as vscode from 'vscode';
import { askPick } from '../../ask/ask-pick.ts';
import { askText } from '../../ask/ask-text.ts';
import type { Place } from '../../ask/box.ts';
import { fields, readField } from '../fields.ts';
import { endOf, type WizardStep } from './step.ts';

const usual = [90, 180, 365, 730] as const;
const defaultDays = 180;

/** T&A sends no mail after the secret's last day, so the choice is shown with what it means. */
export const askLifetime: WizardStep = async (draft, place) => {
  const days = draft.lifetimeDays ?? defaultDays;
  const options = [
    ...usual.map((value) => ({
      value,
      label: vscode.l10n.t('{0} days', value),
      ...(value === defaultDays && { description: vscode.l10n.t('the usual choice') }),
    })),
    { value: 'custom' as const, label: vscode.l10n.t('Custom…') },
  ];
  const placeholder = vscode.l10n.t('Days until the client secret expires; T&A cannot send email after that');
  const isUsual = usual.some((each) => each === days);
  const chosen = (value: number | 'custom'): boolean => value === (isUsual ? days : 'custom');
  for (;;) {
    const answer = await askPick<number | 'custom'>({ placeholder, options, chosen }, place);
    if (answer.kind === 'back') return { draft, back: true };
    if (answer.value !== 'custom') return { draft: { ...draft, lifetimeDays: answer.value }, back: false };
    const typed = await askDays(days, place);
    if (typed.kind === 'value') return endOf(draft, typed, (lifetimeDays) => ({ lifetimeDays }));
  }
};

/** Back leads to the list. */
function askDays(days: number, place: Place) {
  const read = (text: string) =>
    readField(fields.lifetimeDays, /^\d+$/.test(text.trim()) ? Number(text) : text);
  return askText(
    {
      prompt: vscode.l10n.t('Days until the client secret expires, 1 to 730'),
      value: String(days),
      read: (text) => {
        const verdict = read(text);
        return verdict.ok ? { ok: true, value: text } : verdict;
      },
      find: async (text) => read(text),
    },
    place,
  );
}
