import * as z from 'zod/mini';
import { holdsSecret } from '../secret.ts';
import { say } from '../words/say.ts';

/** Line separators and what XML 1.0 cannot hold (noncharacters) included. */
const control = /[\p{Cc}\p{Noncharacter_Code_Point}\u2028\u2029]/u;
/** Overrides and isolates: they make a name read differently from what it is. */
const bidirectional = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/u;
const visible = /[^\p{Cf}\p{Cc}\p{Z}]/u;

/** Whether a text shows on one line exactly as it is stored. */
export function isPlainLine(text: string): boolean {
  return text.isWellFormed() && !control.test(text) && !bidirectional.test(text);
}

/** Of a text in a file that holds no secret; before whatever else changes the text. */
export const withoutSecret = z.refine<string>(
  (text) => !holdsSecret(text),
  say`a text without a client secret`.pattern,
);

/** One line of text for people to read: spaces around it are removed, composed forms are kept (NFC). */
export function line(maximum: number) {
  return z.string(say`one line of text`.pattern).check(
    z.overwrite((text) => text.trim().normalize('NFC')),
    z.refine(isPlainLine, say`one line of text without control characters`.pattern),
    withoutSecret,
    z.maxLength(maximum, say`at most ${maximum} characters`.pattern),
  );
}

/** The same, and not blank. */
export function name(maximum: number) {
  return line(maximum).check(
    z.refine((text) => visible.test(text), say`a name with visible characters`.pattern),
  );
}
