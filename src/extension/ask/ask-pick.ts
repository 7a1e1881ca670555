import * as vscode from 'vscode';
import { answerOf } from './box.ts';

/** A separator has `undefined` for its value. */
export interface Option<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export interface PickQuestion<T> {
  readonly question: string;
  readonly options: readonly Option<T>[];
  /** The option that Enter takes; the first unless told. */
  readonly chosen?: (value: T) => boolean;
}

/** One of several options. Rejects with a CancellationError on Esc. */
export async function askOne<T>({ question, options, chosen }: PickQuestion<T>, title: string): Promise<T> {
  const picker = vscode.window.createQuickPick<Option<T>>();
  picker.matchOnDescription = true;
  picker.items = options;
  const active = options.find(({ value }) => chosen?.(value));
  if (active) picker.activeItems = [active];
  return await answerOf(picker, titled(title, question), () => picker.selectedItems[0]?.value);
}

/** One way on, or Esc: for what can be undone, or done again. Throws a CancellationError on Esc. */
export async function askToGoOn(question: string, detail: string, label: string): Promise<void> {
  await askOne({ question, options: [{ value: true, label, detail }] }, label.replace('…', ''));
}

/** Whether the person agrees to what cannot be undone, in a modal dialog. */
export async function askToAgree(question: string, detail: string, agree: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, agree)) === agree;
}

/** A placeholder would go with the first letter that is typed. */
const titled = (title: string, question: string): string => vscode.l10n.t('{0}: {1}', title, question);

export interface ManyQuestion {
  readonly question: string;
  readonly options: readonly Option<string>[];
  readonly chosen: readonly string[];
  /** An option for what is typed and is none of the list. */
  readonly add?: (text: string) => Option<string> | undefined;
}

/** Any number of options, and of others that are typed. */
export async function askMany(
  { question, options, chosen, add }: ManyQuestion,
  title: string,
): Promise<readonly string[]> {
  const picker = vscode.window.createQuickPick<Option<string>>();
  picker.canSelectMany = true;
  picker.matchOnDetail = true;
  picker.items = options;
  picker.selectedItems = options.filter(({ value }) => chosen.includes(value));
  if (add)
    picker.onDidChangeValue((text) => {
      const extra = add(text);
      const selected = picker.selectedItems;
      const kept = selected.filter(({ value }) => options.every((option) => option.value !== value));
      picker.items = [...options, ...kept, ...(extra ? [extra] : [])];
      picker.selectedItems = selected;
    });
  return await answerOf(picker, titled(title, question), () =>
    picker.selectedItems.map(({ value }) => value),
  );
}
