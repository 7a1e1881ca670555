import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOfHtml } from '../../../src/practice/page/mail-section.ts';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

test('what was escaped comes back as it was', () => {
  const line = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !/[\r\n]/.test(text));
  fc.assert(
    fc.property(line, line, (one, two) => {
      const page = `<html><head><title>${escaped(two)}</title></head><body><p>${escaped(one)}</p>${escaped(two)}</body></html>`;
      expect(textOfHtml(page)).toBe(`${one}\n${two}`);
    }),
  );
});

test('scripts and styles are not read out', () => {
  expect(textOfHtml('<style>p { color: red }</style>Hello<script>run()</script> world')).toBe('Hello world');
});
