/** What only lays text out. */
const breaks = /[\t-\r\u0085\p{Zl}\p{Zp}]+/gu;
/** Controls (C0, C1, so ESC and CSI too), bidi marks, zero-width and other format characters, half surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}]+/gu;

/**
 * Text from elsewhere on one line, with nothing in it that moves a cursor, reorders letters or talks to a terminal. A replacement
 * sign shows where something of that kind was: a name that hides something must not look like one that does not.
 */
export function plain(text: string): string {
  return text.replace(breaks, ' ').replace(unseen, '\ufffd').trim();
}

/** What may stand in a sentence: text from elsewhere, a number, another sentence, or a list of these, shown with commas. */
export type Value = string | number | Words | readonly Value[];

/** What VS Code has in another language: a text by the pattern in ours. */
export type Translations = Readonly<Record<string, string | undefined>>;

/** A sentence, or several: our own words and the values between them. Prints as English. */
export class Words {
  /** By which a translation is found: `No answer from {0} ({1}).` */
  readonly pattern: string;
  /** In the order of the pattern, cleaned. */
  readonly values: readonly (string | number | Words)[];

  constructor(pattern: string, values: readonly Value[] = []) {
    this.pattern = pattern;
    this.values = values.map(shown);
  }

  /** What is ours, numbers among it, as text; a value as `{ value }`; sentences inside are opened. For pages, which mark values. */
  get parts(): (string | { readonly value: string })[] {
    return this.pattern
      .split(placeholder)
      .flatMap((text, index) => (index % 2 === 0 ? [text] : partsOf(this.values[Number(text)] ?? '')))
      .filter((part) => part !== '');
  }

  /** In the language whose patterns are given; what has no translation, and every value, stays as it is. */
  in(translations: Translations, face: Face = 'terminal'): string {
    // VS Code's form of a key with a comment: the same words of our own face may want another translation.
    const pattern = translations[`${this.pattern}/core`] ?? this.pattern;
    const text = (value: string | number | Words): string =>
      value instanceof Words ? value.in(translations, face) : String(value);
    return pattern.replace(placeholder, (all, index) => text(this.values[Number(index)] ?? all));
  }

  /** The same with other words of ours, such as the link of another cloud; values stay as they are. */
  reworded(change: (pattern: string) => string): Words {
    const values = this.values.map((value) => (value instanceof Words ? value.reworded(change) : value));
    return new Words(change(this.pattern), values);
  }

  toString(): string {
    return this.in({});
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Who shows a sentence: its reader presses buttons, or types options and the names of the files. */
export type Face = 'terminal' | 'page';

/** Words that one face has and the other has not, or has otherwise. */
class TerminalWords extends Words {
  private readonly onPage: Words | undefined;

  constructor(words: Words, onPage: Words | undefined) {
    super(words.pattern, words.values);
    this.onPage = onPage;
  }

  /** In place of nothing, what a page says. */
  or(onPage: Words): Words {
    return new TerminalWords(this, onPage);
  }

  override in(translations: Translations, face: Face = 'terminal'): string {
    return face === 'terminal' ? super.in(translations) : (this.onPage?.in(translations, face) ?? '');
  }

  override reworded(change: (pattern: string) => string): Words {
    return new TerminalWords(super.reworded(change), this.onPage?.reworded(change));
  }
}

/** Words as text, in the language of the face that shows them. */
export type Tell = (words: Words) => string;

const placeholder = /\{(\d+)\}/g;

/** The one tag for what is read: the words of the template are ours, what is put into it is a value and is cleaned. */
export function say(ours: TemplateStringsArray, ...values: readonly Value[]): Words {
  return new Words(
    ours.reduce((text, next, index) => `${text}{${index - 1}}${next}`),
    values,
  );
}

/** What is said in a terminal alone: options, commands, and names as a file has them. No other sentence has these. */
export const inTerminal = (ours: TemplateStringsArray, ...values: readonly Value[]): TerminalWords =>
  new TerminalWords(say(ours, ...values), undefined);

/** Several one after the other: sentences with a space between them, long entries of a list with `; `. */
export function joined(values: readonly Value[], between: ' ' | ', ' | '; '): Words {
  return new Words(values.map((_, index) => `{${index}}`).join(between), values);
}

function partsOf(value: string | number | Words): Words['parts'] {
  if (value instanceof Words) return value.parts;
  // A part of a sentence that is left out is an empty list: a page marks nothing there.
  if (value === '') return [];
  return [typeof value === 'number' ? String(value) : { value }];
}

function shown(value: Value): string | number | Words {
  if (value instanceof Words || typeof value === 'number') return value;
  if (typeof value === 'string') return plain(value);
  const [first = '', ...rest] = value;
  return rest.length === 0 ? shown(first) : joined(value, ', ');
}
