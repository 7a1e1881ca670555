import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plain } from '../../../src/core/words/say.ts';

test.each([
  ['O\u2019Brien & Söhne, 株式会社', 'O\u2019Brien & Söhne, 株式会社'],
  ['two\r\nlines\tand a tab', 'two lines and a tab'],
  ['\u001b[31mred\u001b[0m', '�[31mred�[0m'],
  ['\u001b]52;c;ZXZpbA==\u0007', '�]52;c;ZXZpbA==�'],
  ['\u009b2Jgone', '�2Jgone'],
  ['a\u202egpj.exe', 'a�gpj.exe'],
  ['zero\u200bwidth\ufeff', 'zero�width�'],
  ['half \ud800 pair', 'half � pair'],
  ['a\u2028b\u2029c', 'a b c'],
  ['nul\u0000', 'nul�'],
  ['many\u202e\u2066\u200b\u001b as one', 'many� as one'],
])('%j becomes %j', (text, expected) => {
  expect(plain(text)).toBe(expected);
});

test('nothing that moves a cursor, hides or reorders is left of any text', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        '\u001b',
        '\u009b',
        '\u009d',
        '\u0007',
        '\u202e',
        '\u2066',
        '\n',
        '\u200f',
        ']',
        '[',
        'm',
      ),
    }),
  );
  fc.assert(
    fc.property(unit, (text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(plain(text))),
    { numRuns: 2_000 },
  );
});

test('printable text stays, and a second pass changes nothing', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => plain(plain(text)) === plain(text)));
  fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => plain(text) === text.trim()));
});
