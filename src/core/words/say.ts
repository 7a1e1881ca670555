/** Controls (C0, C1, so ESC and CSI too) and line or paragraph separators. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Bidi marks, zero-width and other format characters, half surrogates. */
const invisible = /[\p{Cf}\p{Cs}]+/gu;

/**
 * Text from elsewhere on one line, with nothing in it that moves a cursor, reorders letters or talks to a terminal.
 * What an escape sequence leaves without its ESC (`[31m`) is harmless and stays: it shows that somebody tried.
 */
export function plain(text: string): string {
  return text.replace(invisible, '').replace(breaks, ' ').trim();
}

/** What may stand in a sentence: text from elsewhere, a number, another sentence, or a list of these, shown with commas. */
export type Value = string | number | Words | readonly Value[];

/** A sentence, or several: our own words and the values between them. Prints as English. */
export class Words {
  /** One more than values; the first comes before the first value. */
  readonly #ours: readonly string[];
  readonly #values: readonly (string | number | Words)[];

  constructor(ours: readonly string[], values: readonly Value[] = []) {
    this.#ours = ours;
    this.#values = values.map(shown);
  }

  /** By which a translation is found: `No answer from {0} ({1}).` */
  get pattern(): string {
    return this.#ours.reduce((text, next, index) => `${text}{${index - 1}}${next}`);
  }

  /** The values in the order of the pattern, as text. */
  get values(): string[] {
    return this.#values.map(String);
  }

  /** What is ours, numbers among it, as text; a value as `{ value }`; sentences inside are opened. For pages, which mark values. */
  get parts(): (string | { readonly value: string })[] {
    const values = this.#values.map(partsOf);
    return this.#ours
      .flatMap((text, index) => [text, ...(values[index] ?? [])])
      .filter((part) => part !== '');
  }

  /** In the language whose patterns are given; what has no translation, and every value, stays as it is. */
  in(translations: Readonly<Record<string, string | undefined>>): string {
    const values = this.#values.map((value) =>
      value instanceof Words ? value.in(translations) : String(value),
    );
    const pattern = translations[`${this.pattern}/core`] ?? this.pattern;
    return pattern.replace(/\{(\d+)\}/g, (_, index) => values[Number(index)] ?? '');
  }

  toString(): string {
    return this.#ours.reduce((text, next, index) => `${text}${this.#values[index - 1] ?? ''}${next}`);
  }

  toJSON(): string {
    return this.toString();
  }
}

/** The one tag for what is read: the words of the template are ours, what is put into it is a value and is cleaned. */
export function say(ours: TemplateStringsArray, ...values: readonly Value[]): Words {
  return new Words(ours, values);
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
  return rest.length === 0 ? shown(first) : new Words(['', ...rest.map(() => ', '), ''], value);
}
