import * as vscode from 'vscode';

/** Where a question stands in the row of questions; one that stands alone has no number. */
export interface Place {
  readonly title?: string;
  /** From 1. */
  readonly step?: number;
  readonly totalSteps?: number;
}

/** `back`: the question before this one should be asked again. */
export type Answer<T> =
  | { readonly kind: 'value'; readonly value: T }
  /** `text`: what is in the field, unchecked. */
  | { readonly kind: 'back'; readonly text?: string };

type Box = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;

/** Longer than a key is held down. */
const keyUpMs = 300;

/** Shows a question and waits for what `read` makes of it; `undefined` leaves it open. Rejects with a CancellationError on Esc. */
export async function answerOf<T>(
  box: Box,
  place: Place,
  read: () => T | undefined | Promise<T | undefined>,
): Promise<Answer<T>> {
  box.title = place.title;
  box.step = place.step;
  box.totalSteps = place.totalSteps;
  box.buttons = (place.step ?? 1) > 1 ? [vscode.QuickInputButtons.Back] : [];
  const { promise, resolve, reject } = Promise.withResolvers<Answer<T>>();
  const accept = async (): Promise<void> => {
    const value = await read();
    if (value !== undefined) resolve({ kind: 'value', value });
  };
  box.onDidAccept(() => void accept().catch(reject));
  box.onDidTriggerButton(() => resolve({ kind: 'back', text: box.value }));
  box.onDidHide(() => reject(new vscode.CancellationError()));
  // A walkthrough behind it takes the focus back now and then, and the answers so far must not go with it.
  box.ignoreFocusOut = true;
  box.show();
  try {
    return await promise;
  } finally {
    letGo(box);
  }
}

/** The answer to a question that stands alone, where there is no way back. */
export async function answerAlone<T>(asked: Promise<Answer<T>>): Promise<T> {
  const answer = await asked;
  if (answer.kind === 'back') throw new vscode.CancellationError();
  return answer.value;
}

/**
 * An answered box stays until the next one takes its place, so that the focus does not fall between the two; and until the
 * key that gave the answer has come up, which a walkthrough behind it would take for its own.
 */
export function letGo(box: Box): void {
  const end = setTimeout(() => box.dispose(), keyUpMs);
  box.onDidHide(() => {
    clearTimeout(end);
    box.dispose();
  });
}
