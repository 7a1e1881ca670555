import type { Secret } from '../secret.ts';
import { say, type Words } from '../words/say.ts';
import { trimmed } from './trimmed.ts';

/** What is odd about a secret that nothing is known of, a sentence each: it may have been copied badly. Quotes nothing. */
export function secretNotes(secret: Secret): Words[] {
  const text = secret.reveal();
  const inner = trimmed(text);
  const quoted = quotes.test(inner);
  const odd = /[^\x21-\x7e]/u.exec(quoted ? inner.slice(1, -1) : inner);
  return [
    ...(/^[\s\p{Cf}]/u.test(text) ? [say`begins with a space`] : []),
    ...(/[\s\p{Cf}]$/u.test(text) ? [say`ends with a space`] : []),
    ...(quoted ? [say`is in quotation marks`] : []),
    ...(odd
      ? [say`contains a character that Entra never uses, the ${ordinal(text.indexOf(odd[0]) + 1)}`]
      : []),
  ].map((fault) => say`The client secret ${fault}. Check that it was copied as Entra shows it.`);
}

/** Of a command line, or of a text program that bends them. */
const quotes = /^(?:'.*'|".*"|`.*`|[“”„].*[“”]|[‘’‚].*[‘’])$/s;

function ordinal(count: number): string {
  const teen = count % 100 > 10 && count % 100 < 14;
  return `${count}${(teen ? undefined : ['th', 'st', 'nd', 'rd'][count % 10]) ?? 'th'}`;
}
