import * as vscode from 'vscode';
import { type Answer, answerAlone, answerOf, type Place } from './box.ts';

export type Verdict<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

export interface TextQuestion<T> {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  /** Quick, on every change. */
  readonly read: (text: string) => Verdict<string>;
  /** Asks elsewhere, some time after the last change and on Enter; aborted by the next change. */
  readonly find: (text: string, signal: AbortSignal) => Promise<Verdict<T>>;
}

const debounceMs = 500;

/** One line of text, checked while it is typed. Rejects with a CancellationError on Esc. */
export async function askText<T>(question: TextQuestion<T>, place: Place): Promise<Answer<T>> {
  const box = vscode.window.createInputBox();
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value ?? '';
  box.password = question.password ?? false;
  const checker = createChecker(box, question);
  box.onDidChangeValue(checker.later);
  try {
    return await answerOf(box, place, checker.now);
  } finally {
    checker.dispose();
  }
}

/** `askText` for a question that stands alone, with a check that asks nothing elsewhere. */
export function askLine(question: Omit<TextQuestion<string>, 'find'>, title: string): Promise<string> {
  return answerAlone(askText({ ...question, find: taken }, { title }));
}

/** For text that needs no further check. */
export const taken = async (value: string): Promise<Verdict<string>> => ({ ok: true, value });

/** Shows what is wrong with the text; of several checks under way only the last one counts. */
function createChecker<T>(box: vscode.InputBox, { read, find }: TextQuestion<T>) {
  let last = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  function stop(): void {
    clearTimeout(timer);
    last.abort();
    last = new AbortController();
    box.busy = false;
  }

  async function now(): Promise<T | undefined> {
    stop();
    const { signal } = last;
    const text = read(box.value);
    box.validationMessage = text.ok ? undefined : text.problem;
    if (!text.ok) return undefined;
    box.busy = true;
    const found = await find(text.value, signal);
    if (signal.aborted) return undefined;
    box.busy = false;
    if (found.ok) return found.value;
    box.validationMessage = found.problem;
    return undefined;
  }

  function later(): void {
    stop();
    const text = read(box.value);
    box.validationMessage = text.ok ? undefined : text.problem;
    // What goes wrong here goes wrong again on Enter, and is told then.
    if (text.ok) timer = setTimeout(() => void now().catch(stop), debounceMs);
  }

  return { now, later, dispose: stop };
}
