import type { HostView, Problem, SavedDraft } from '../../src/contract/messages.ts';

/** All that the page shows. */
export interface Model {
  readonly draft: SavedDraft;
  readonly view: HostView;
  readonly problems: readonly Problem[];
  /** What could not be done, as a sentence; empty: nothing. */
  readonly alert: string;
  /** A passing good word; empty: none. */
  readonly notice: string;
  /** From the press of Send until the host has said yes or no. */
  readonly asking: boolean;
}

export function isRunning({ view, asking }: Pick<Model, 'view' | 'asking'>): boolean {
  return asking || (view.run !== undefined && view.run.verdict === undefined);
}

/** A part of the page: made once, then told what to show. */
export interface View {
  readonly node: HTMLElement;
  render(model: Model): void;
}

/** A part with fields in it. */
export interface FieldsView extends View {
  /** Puts the focus on the field, where it is one of this part. */
  focusField(field: Problem['field'] | undefined): void;
}

export function problemOf({ problems }: Model, field: Problem['field']): string {
  return problems.find((problem) => problem.field === field)?.message ?? '';
}
