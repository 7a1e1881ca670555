import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plain } from '../../../src/core/words/say.ts';
import { asMarkdown } from '../../../src/extension/set-up/markdown.ts';

/** ASCII, and what else a display name may hold. */
const signs = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  'ü',
  '漢',
  '🙂',
  '\u202e',
  '\ud800',
];

test('every sign that could mean something in Markdown is escaped, and nothing else changes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...signs), { maxLength: 50 }).map((parts) => parts.join('')),
      (text) => {
        const markdown = asMarkdown(text);
        expect(markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(plain(text));
        expect(markdown.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[!-/:-@[-`{-~]/);
      },
    ),
  );
});

test('a text of several lines becomes one, so that it cannot begin a heading or a list', () => {
  expect(asMarkdown('Contoso\n# Heading')).toBe('Contoso \\# Heading');
});
