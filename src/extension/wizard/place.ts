import * as vscode from 'vscode';

/** Where a question stands in the row of questions; one that stands alone has no number. */
export interface Place {
  readonly title: string;
  /** From 1. */
  readonly step?: number;
  readonly totalSteps?: number;
}

/** `back`: the question before this one shall be asked again. */
export type Answer<T> =
  | { readonly kind: 'value'; readonly value: T }
  /** `text`: what stood in the field, unchecked. */
  | { readonly kind: 'back'; readonly text?: string };

/** Title, step and Back button; stays open while the person looks something up elsewhere. */
export function putInPlace(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  place: Place,
): void {
  input.title = place.title;
  input.step = place.step;
  input.totalSteps = place.totalSteps;
  input.buttons = (place.step ?? 1) > 1 ? [vscode.QuickInputButtons.Back] : [];
}
