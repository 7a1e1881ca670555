import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStrictJson } from '../../../src/core/files/strict-json.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import { processorMs } from '../../support/processor-time.ts';

const plainNames = fc.string().filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name));
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(plainNames, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** Neither `-0` nor a whole number beyond 15 digits can be told from another number in JSON. */
function isFaithful(text: string): boolean {
  return !/(^|[^\w.])-?\d{16,}(?![\w.])/.test(text);
}

test('reads what JSON.parse reads, whatever the layout', () => {
  fc.assert(
    fc.property(values, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      fc.pre(isFaithful(text));
      expect(parseStrictJson(text, 'a.json')).toEqual(JSON.parse(text));
    }),
  );
});

test('refuses what JSON.parse refuses, with a Failure and nothing else', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"a"',
    ':',
    ',',
    '1',
    '-',
    'true',
    'nul',
    '"',
    '\\',
    ' ',
    '//',
    'é',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      if (parses(() => JSON.parse(text))) return;
      expect(() => parseStrictJson(text, 'a.json')).toThrow(Failure);
    }),
  );
});

function parses(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

test('refuses a text cut at any place', () => {
  const text = JSON.stringify({ version: 1, list: [true, { name: 'Größe "x"' }], n: -1.5e3 });
  for (let length = 0; length < text.length; length += 1) {
    expect(() => parseStrictJson(text.slice(0, length), 'a.json'), String(length)).toThrow(/^a\.json, /);
  }
});

test.each([
  ['a name given twice', '{"a":1,\n"a":2}', 'a.json, a (line 2, column 1): expected each field once.'],
  [
    '__proto__',
    '{"x":{"__proto__":{}}}',
    'a.json, x.__proto__ (line 1, column 7): expected no field of this name.',
  ],
  [
    'constructor',
    '{"constructor":1}',
    'a.json, constructor (line 1, column 2): expected no field of this name.',
  ],
  ['prototype', '{"prototype":1}', 'a.json, prototype (line 1, column 2): expected no field of this name.'],
  [
    'an escaped __proto__',
    '{"\\u005f_proto__":1}',
    'a.json, __proto__ (line 1, column 2): expected no field of this name.',
  ],
  ['a comment', '{ // why\n}', 'a.json, line 1, column 3: expected no comment (JSON does not allow any).'],
  [
    'a comment for a value',
    '{"a": /* b */ 1}',
    'a.json, a (line 1, column 7): expected no comment (JSON does not allow any).',
  ],
  ['a comma too many', '{"a":1,}', 'a.json, line 1, column 8: expected no comma before }.'],
  ['a comma too many in a list', '[1,]', 'a.json, [1] (line 1, column 4): expected no comma before ].'],
  ['a comma too few', '[1 2]', 'a.json, line 1, column 4: expected a comma or ].'],
  ['single quotes', "{'a':1}", 'a.json, line 1, column 2: expected a field name in double quotes.'],
  ['no colon', '{"a" 1}', 'a.json, a (line 1, column 6): expected a colon after the field name.'],
  ['a huge number', '{"a":1e400}', 'a.json, a (line 1, column 6): expected a smaller number.'],
  [
    'a number that loses digits',
    '[12345678901234567890]',
    'a.json, [0] (line 1, column 2): expected a number of at most 15 digits.',
  ],
  ['NaN', '[NaN]', 'a.json, [0] (line 1, column 2): expected a JSON value.'],
  ['a leading zero', '[01]', 'a.json, line 1, column 3: expected a comma or ].'],
  ['two documents', '{}{}', 'a.json, line 1, column 3: expected nothing after the end of the JSON text.'],
  [
    'an end too soon',
    '{"a":',
    'a.json, a (line 1, column 6): expected a JSON value, found the end of the file.',
  ],
  [
    'a line break in a text',
    '["a\nb"]',
    'a.json, [0] (line 1, column 2): expected text in double quotes that ends on its line, with JSON escapes only.',
  ],
  [
    'an end too soon in a list in an object',
    '{"a":[1',
    'a.json, a (line 1, column 8): expected a comma or ], found the end of the file.',
  ],
  ['no value', '{"a":}', 'a.json, a (line 1, column 6): expected a JSON value.'],
  ['a wrong end', '[{"a":1]', 'a.json, [0] (line 1, column 8): expected a comma or }.'],
  ['a comma too few behind an object', '[{"a":1} 2]', 'a.json, line 1, column 10: expected a comma or ].'],
  ['a binary', 'PK\u0003\u0004', 'a.json, line 1, column 1: expected a JSON value.'],
])('refuses %s', (_, text, message) => {
  expect(() => parseStrictJson(text, 'a.json')).toThrow(message);
});

test.each(['[', '{"a":'])('refuses deep nesting of %s quickly', async (open) => {
  const ms = await processorMs(() =>
    expect(() => parseStrictJson(open.repeat(200_000), 'a.json')).toThrow(
      'expected at most 32 levels of nesting',
    ),
  );
  expect(ms).toBeLessThan(500);
});

test('never quotes a value, which may be a secret', () => {
  const canary = 'Xy8Q~canary';
  for (const text of [
    `{"a":"${canary}`,
    `{"a":${canary}}`,
    `{"a":"${canary}" "b"}`,
    `{"a":"${canary}\\q"}`,
    `{"${canary}": tru}`,
    `{"${canary}":1,"${canary}":2}`,
    `{"mail":{"${canary}":{"__proto__":1}}}`,
    `{"mail":{"${canary}" 1}}`,
  ]) {
    expect(() => parseStrictJson(text, 'a.json')).toThrow(Failure);
    expect(() => parseStrictJson(text, 'a.json')).not.toThrow(canary);
  }
});

test('leaves every object with its own prototype and no inherited field', () => {
  const read = parseStrictJson('{"toString":1,"hasOwnProperty":2,"valueOf":{}}', 'a.json');
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  expect(Object.keys(read as object)).toEqual(['toString', 'hasOwnProperty', 'valueOf']);
});
