import * as z from 'zod/mini';

/** Line separators and what XML 1.0 cannot hold (noncharacters) included. */
const control = /[\p{Cc}\p{Noncharacter_Code_Point}\u2028\u2029]/u;
/** Overrides and isolates: they make a name read differently from what it is. */
const bidirectional = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/u;
const visible = /[^\p{Cf}\p{Cc}\p{Z}]/u;

/** Whether a text shows on one line exactly as it is stored. */
export function isPlainLine(text: string): boolean {
  return text.isWellFormed() && !control.test(text) && !bidirectional.test(text);
}

/** One line of text for people to read: blanks around it go, composed forms are kept (NFC). */
export function line(maximum: number) {
  const expected = `one line of text, at most ${maximum} characters, without control characters`;
  return z.string('one line of text').check(
    z.overwrite((text) => text.trim().normalize('NFC')),
    z.refine(isPlainLine, expected),
    z.maxLength(maximum, expected),
  );
}

/** The same, and not blank. */
export function name(maximum: number) {
  return line(maximum).check(z.refine((text) => visible.test(text), 'a name that can be seen'));
}
