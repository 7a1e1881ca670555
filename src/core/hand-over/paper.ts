import { plain } from '../advice/plain.ts';

/** A value from elsewhere, shown to the letter: no sign in it is ever taken for a word of ours or for markup. */
interface Value {
  readonly value: string;
}

/** A sentence: our own words, and values between them. */
export type Line = readonly (string | Value)[];

export type Block =
  | { readonly kind: 'text'; readonly line: Line }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: Line])[] }
  | { readonly kind: 'list'; readonly mark: 'point' | 'number' | 'box'; readonly lines: readonly Line[] };

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What a reader must not miss. */
export interface Note {
  readonly tone: 'good' | 'warn';
  readonly line: Line;
}

/** What is to be read on one page, not yet in any form. */
export interface Paper {
  readonly title: string;
  readonly subtitle: Line;
  readonly notes: readonly Note[];
  readonly sections: readonly Section[];
}

/** A sentence written as a template: the words in it are ours, a text put into it is a value, a line stays what it is. */
export function say(words: TemplateStringsArray, ...parts: readonly (string | Line)[]): Line {
  return words.flatMap((word, index) => {
    const part = parts[index] ?? [];
    return [...(word === '' ? [] : [word]), ...(typeof part === 'string' ? [{ value: plain(part) }] : part)];
  });
}

/** Each a value of its own. */
export function series(values: readonly string[]): Line {
  return values.flatMap((value, index) => (index === 0 ? say`${value}` : say`, ${value}`));
}

/** Without any markup. */
export function textOf(line: Line): string {
  return line.map((part) => (typeof part === 'string' ? part : part.value)).join('');
}

export const text = (line: Line): Block => ({ kind: 'text', line });

type Mark = Extract<Block, { kind: 'list' }>['mark'];
export const list = (mark: Mark, lines: readonly Line[]): Block => ({ kind: 'list', mark, lines });

export type Row = readonly [label: string, value: Line | string | undefined];

/** A text is a value; what is not known has no row. */
export function rows(all: readonly Row[]): Block {
  const known = all.flatMap(([label, value]): [string, Line][] =>
    value === undefined || value === '' ? [] : [[label, typeof value === 'string' ? say`${value}` : value]],
  );
  return { kind: 'facts', rows: known };
}
