import { dayOf, minuteOf } from '../words/moment.ts';
import { say, Words } from '../words/say.ts';

export type PaperBlock =
  | { readonly kind: 'text'; readonly line: Words }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: Words])[] }
  | { readonly kind: 'list'; readonly mark: 'point' | 'number' | 'box'; readonly lines: readonly Words[] };

export interface Section {
  readonly title: string;
  readonly blocks: readonly PaperBlock[];
}

/** What a reader must not miss. */
export interface Note {
  readonly tone: 'good' | 'warn';
  readonly line: Words;
}

/** What is to be read on one page, not yet in any form. */
export interface Paper {
  readonly title: string;
  readonly subtitle: Words;
  readonly notes: readonly Note[];
  readonly sections: readonly Section[];
}

export const text = (line: Words): PaperBlock => ({ kind: 'text', line });

type Mark = Extract<PaperBlock, { kind: 'list' }>['mark'];
export const list = (mark: Mark, lines: readonly Words[]): PaperBlock => ({ kind: 'list', mark, lines });

export type Row = readonly [label: string, value: Words | string | undefined];

/** A text is a value; what is not known has no row. */
export function rows(all: readonly Row[]): PaperBlock {
  const known = all.flatMap(([label, value]): [string, Words][] =>
    value === undefined || value === '' ? [] : [[label, typeof value === 'string' ? say`${value}` : value]],
  );
  return { kind: 'facts', rows: known };
}

export const day = (instant: number | string): Words => new Words(dayOf(instant));
export const minute = (instant: string): Words => new Words(minuteOf(instant));
