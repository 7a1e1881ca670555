import { expect, test } from 'vitest';
import { escapeHtml, previewOf, wrapHtml } from '../../../src/practice/exchange/message-text.ts';

test('a fragment becomes a document, a document stays what it is', () => {
  const document = wrapHtml('<p>x</p>');
  expect(document).toContain('<body>\r\n<p>x</p>\r\n</body>');
  expect(wrapHtml(document)).toBe(document);
});

test('a preview is the start of the text without its marks', () => {
  expect(previewOf('html', '<style>p{}</style><p>a &lt;b&gt;</p><p>c&nbsp;d</p>')).toBe('a <b>\r\nc d');
  expect(previewOf('text', '  <p>x</p> ')).toBe('<p>x</p>');
  expect(previewOf('text', 'x'.repeat(300))).toHaveLength(255);
});

test('what is text stays text in HTML', () => {
  expect(previewOf('html', `<p>${escapeHtml(`<b>"&amp;" 'x'`)}</p>`)).toBe(`<b>"&amp;" 'x'`);
});
