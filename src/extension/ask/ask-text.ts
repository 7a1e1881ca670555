import * as vscode from 'vscode';
import { holdsSecret } from '../../core/secret.ts';
import { Failure } from '../../core/words/failure.ts';
import { coreWords } from '../core-words.ts';
import { answerOf } from './box.ts';

export type InputVerdict<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

export interface TextQuestion<T> {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  /** What is asked for, where it is not shown while it is typed. */
  readonly hidden?: 'client secret' | 'passphrase';
  /** Quick, on every change. */
  readonly read: (text: string) => InputVerdict<string>;
  /** Asks elsewhere, some time after the last change and on Enter; aborted by the next change. */
  readonly find: (text: string, signal: AbortSignal) => Promise<InputVerdict<T>>;
}

/** What came of some work of core: a Failure becomes a problem to show beside the question. */
export async function fieldVerdict<T>(work: () => Promise<T>): Promise<InputVerdict<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ok: false, problem: `${coreWords(error.words)} ${coreWords(error.advice.next)}` };
  }
}

const debounceMs = 500;

/** One line of text, checked while it is typed. Rejects with a CancellationError on Esc. */
export async function askText<T>(question: TextQuestion<T>, title: string): Promise<T> {
  const box = vscode.window.createInputBox();
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value ?? '';
  box.password = question.hidden !== undefined;
  const checker = createChecker(box, question);
  box.onDidChangeValue(checker.later);
  try {
    return await answerOf(box, title, checker.now);
  } finally {
    checker.dispose();
  }
}

/** `askText` with a check that asks nothing elsewhere. */
export function askLine(question: Omit<TextQuestion<string>, 'find'>, title: string): Promise<string> {
  return askText({ ...question, find: taken }, title);
}

/** For text that needs no further check. */
const taken = async (value: string): Promise<InputVerdict<string>> => ({ ok: true, value });

/** Shows what is wrong with the text; of several checks under way only the last one counts. */
function createChecker<T>(box: vscode.InputBox, { read: readText, find, hidden }: TextQuestion<T>) {
  let last = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  function read(typed: string): InputVerdict<string> {
    if (hidden === 'client secret' || !holdsSecret(typed)) return readText(typed);
    const problem = vscode.l10n.t(
      'This looks like a client secret, an access token or a secret key, and does not belong here. It is not kept.',
    );
    return { ok: false, problem };
  }

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
