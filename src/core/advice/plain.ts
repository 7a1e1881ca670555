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
