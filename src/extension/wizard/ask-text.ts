import * as vscode from 'vscode';
import { type Answer, type Place, putInPlace } from './place.ts';

export type Verdict<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

export interface TextQuestion<T> {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value: string;
  /** Quick, on every change. */
  readonly read: (text: string) => Verdict<string>;
  /** Asks elsewhere, some time after the last change and on Enter; aborted by the next change. */
  readonly find: (text: string, signal: AbortSignal) => Promise<Verdict<T>>;
}

const debounceMs = 500;

/** One line of text, checked while it is typed. Rejects with a CancellationError on Esc. */
export async function askText<T>(question: TextQuestion<T>, place: Place): Promise<Answer<T>> {
  const box = vscode.window.createInputBox();
  putInPlace(box, place);
  box.ignoreFocusOut = true;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value;
  const { promise, resolve, reject } = Promise.withResolvers<Answer<T>>();
  const checker = createChecker(box, question);
  box.onDidChangeValue(() => checker.later(reject));
  box.onDidAccept(() => {
    checker.now().then((value) => {
      if (value !== undefined) resolve({ kind: 'value', value });
    }, reject);
  });
  box.onDidTriggerButton(() => resolve({ kind: 'back', text: box.value }));
  box.onDidHide(() => reject(new vscode.CancellationError()));
  box.show();
  try {
    return await promise;
  } finally {
    checker.dispose();
    box.dispose();
  }
}

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

  function later(failed: (error: unknown) => void): void {
    stop();
    const text = read(box.value);
    box.validationMessage = text.ok ? undefined : text.problem;
    if (text.ok) timer = setTimeout(() => now().catch(failed), debounceMs);
  }

  return { now, later, dispose: stop };
}
