import fc from 'fast-check';
import { expect, test } from 'vitest';
import { payloadOf } from '../../../src/core/cloud/jwt.ts';

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
