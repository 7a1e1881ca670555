import { expect, test } from 'vitest';
import { createTexts, fill } from '../../webview/texts.ts';
import { namedStrings } from '../support/form-strings.ts';

test('values go into their places, and what they hold is not filled again', () => {
  expect(fill('{0} of {1}', '{1}', '$&')).toBe('{1} of $&');
  expect(fill('{0} {1}', 'a')).toBe('a {1}');
});

test('sizes and times read as people say them', () => {
  const texts = createTexts(namedStrings(), 'en');
  expect([0, 1023, 1024, 5 * 1024 ** 2].map(texts.size)).toEqual(['0 byte', '1,023 byte', '1 kB', '5 MB']);
  expect([40, 999, 1000, 12_340].map(texts.duration)).toEqual(['40 ms', '999 ms', '1 sec', '12.3 sec']);
});

test.each(['de', 'qps-ploc', 'zh-cn', 'pt-br'])("works in VS Code's language %s", (language) => {
  const { size, duration, time } = createTexts(namedStrings(), language);
  expect(`${size(5)}${duration(5)}${time(5)}`).toContain('5');
});
