import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText } from '../../src/core/json.ts';

test('shows every sign that a terminal obeys or a reader does not see', () => {
  const text = jsonText({ name: 'a\u009b31m\u202eb\u2066\u200f\u2028\u007f\u{e0041}' });
  expect(text).toBe('{\n  "name": "a\\u009b31m\\u202eb\\u2066\\u200f\\u2028\\u007f\\udb40\\udc41"\n}');
});

test('gives the same value back, and holds nothing unseen', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = jsonText(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}/u);
    }),
  );
});
