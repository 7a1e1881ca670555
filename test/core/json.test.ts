import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonOrUndefined, jsonText, payloadOf } from '../../src/core/json.ts';

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

test('reads back any claims, of any alphabet', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (claims) => {
      const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
      expect(payloadOf(`header.${payload}.signature`)).toEqual(JSON.parse(JSON.stringify(claims)));
    }),
  );
});

test('what is no token says nothing, and never throws', () => {
  for (const text of ['', '.', 'a.b.c', 'EwBwA8l6BAAU', 'header..signature', `x.${btoa('{"tid":')}.y`]) {
    expect(payloadOf(text)).toBeUndefined();
  }
  fc.assert(fc.property(fc.string(), (text) => void payloadOf(text)));
});

test('what is nested without end is not read; brackets in a text do not count', () => {
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  expect(jsonOrUndefined(nested(100))).toBeDefined();
  expect(jsonOrUndefined(nested(101))).toBeUndefined();
  const text = `\\"${'['.repeat(200)}`;
  expect(jsonOrUndefined(JSON.stringify([text, text]))).toEqual([text, text]);
});
