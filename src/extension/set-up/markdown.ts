import { plain } from '../../core/words/say.ts';

/**
 * Text from a tenant or a file, as Markdown that shows just that text: no link, image, HTML or formatting can come out
 * of a display name. Every ASCII punctuation may be escaped (spec.commonmark.org, backslash escapes).
 */
export function asMarkdown(text: string): string {
  return plain(text).replace(/[!-/:-@[-`{-~]/g, (sign) => `\\${sign}`);
}
