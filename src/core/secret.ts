import { inspect } from 'node:util';

/**
 * A value that must not be seen: a client secret, a token, a pre-authorised URL. Printing, joining or serialising it
 * gives `***`; only `reveal()` gives the value, so a search for `.reveal(` lists every place where it leaves.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  /** Its first three characters, as Entra shows them. */
  get hint(): string {
    return this.#value.slice(0, 3);
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return '***';
  }
}

const token = /eyJ[\w-]{10,}\.eyJ/;

/**
 * Whether a text that is for something else has in it what looks like a client secret or its first half, as Entra makes them and as
 * a URL writes them, a token of Entra's, or the secret half of an age key.
 */
export const holdsSecret = (text: string): boolean =>
  /[\w.~-]{3}\dQ(?:~|%7[Ee])[\w.~%-]{8}/.test(text) || token.test(text) || holdsAgeKey(text);

/** Whether a text that is for a client secret has another one in it, or one and more. Secrets of old have any letters, by chance those too. */
export const holdsMoreThanSecret = (text: string): boolean =>
  (/[\w.~-]{3}\dQ~[\w.~-]{30}/.test(text) && !/^\W{0,3}[\w.~-]{3}\dQ~[\w.~-]+\W{0,3}$/.test(text)) ||
  token.test(text) ||
  holdsAgeKey(text);

/** Of the two halves the one that opens. */
export const holdsAgeKey = (text: string): boolean => /AGE-SECRET-KEY-[\dA-Z-]{20}/i.test(text);
