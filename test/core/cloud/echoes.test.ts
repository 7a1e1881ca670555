import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readingsOf } from '../../../src/core/cloud/echo-readings.ts';
import { echoCutter } from '../../../src/core/cloud/echoes.ts';
import type { HttpRequest } from '../../../src/core/cloud/http.ts';
import { say } from '../../../src/core/words/say.ts';
import { codings, everyLetter, hex } from '../../support/codings.ts';

const base: HttpRequest = {
  method: 'POST',
  url: 'https://login.microsoftonline.com/x/oauth2/v2.0/token',
  replay: 'safe',
  doing: say`sign in`,
  signal: undefined,
};

const withoutEchoes = (text: string, request: HttpRequest) => echoCutter(request)(text);

/** Where a value may stand in a request. */
const places: Record<string, (secret: string) => HttpRequest> = {
  'a form': (secret) => ({ ...base, body: new URLSearchParams({ client_secret: secret }).toString() }),
  'a device code': (secret) => ({ ...base, body: new URLSearchParams({ device_code: secret }).toString() }),
  'a token': (secret) => ({ ...base, headers: { Authorization: `Bearer ${secret}` } }),
  'the address of an upload': (secret) => ({
    ...base,
    url: `https://outlook.office.com/x?authtoken=${encodeURIComponent(secret)}`,
  }),
  'a body of Azure': (secret) => ({ ...base, body: JSON.stringify({ properties: { value: secret } }) }),
};

/** A text that a request holds in a place where a secret stands. */
const holding = (secret: string): HttpRequest =>
  places['a body of Azure']?.(secret) ?? { ...base, body: secret };

const signs = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789~._-'];
const secret = fc.string({ unit: fc.constantFrom(...signs), minLength: 16, maxLength: 60 });

test.each(Object.keys(codings))('what a service repeats %s is cut, wherever it stood', (coding) => {
  fc.assert(
    fc.property(secret, fc.constantFrom(...Object.keys(places)), (value, place) => {
      const request = places[place]?.(value) ?? base;
      const echo = codings[coding]?.(value) ?? '';
      const left = withoutEchoes(`Invalid request: ${echo} was sent.`, request);
      expect(left).toMatch(/^Invalid request: /);
      expect(left).toMatch(/ was sent\.$/);
      // What is left of either end is too short to be of use.
      expect(left.length).toBeLessThan('Invalid request:  was sent.'.length + Math.max(30, echo.length / 4));
      expect(left).toContain('***');
    }),
    { numRuns: 15 },
  );
});

test('what begins like JSON or like nothing known makes no trouble, and no piece of it is repeated', () => {
  const beginning = fc.constantFrom(
    '{',
    '{"value":"',
    ' {"a":',
    '[',
    '"',
    '<x a="',
    '{'.repeat(200),
    '',
    'x ',
    '\ud800',
  );
  fc.assert(
    fc.property(beginning, secret, fc.string({ unit: 'binary' }), (begin, value, said) => {
      const request = { ...base, body: `${begin}${value}` };
      expect(withoutEchoes(`${said} ${value}`, request)).not.toContain(value.slice(0, 8));
    }),
  );
});

test('base64 of more than the secret is cut, whatever stands before it in the same word', () => {
  const upTo = (max: number) => fc.integer({ min: 0, max });
  const alphabet = fc.constantFrom('base64' as const, 'base64url' as const);
  fc.assert(
    fc.property(secret, upTo(3), upTo(2), upTo(2), alphabet, (value, letters, before, after, name) => {
      const packed = Buffer.from(`${'~?'.slice(2 - before)}${value}${'?~'.slice(0, after)}`).toString(name);
      const left = withoutEchoes(`Invalid: ${'xyz'.slice(0, letters)}${packed} was sent.`, holding(value));
      expect(left).toMatch(/^Invalid: \w{0,7}\*\*\*[\w/+-]{0,4}=* was sent\.$/);
    }),
    { numRuns: 60 },
  );
});

test('a piece of a token is cut as well', () => {
  const token = Buffer.from('a token of many letters, of which a service shows the first').toString(
    'base64url',
  );
  const request = { ...base, headers: { Authorization: `Bearer ${token}` } };
  expect(withoutEchoes(`Token ${token.slice(0, 20)}... is wrong`, request)).toBe('Token ***... is wrong');
});

test('the password of a proxy is cut, in its header too', () => {
  vi.stubEnv('HTTPS_PROXY', 'http://grace:pass%20word@proxy.example:3128');
  onTestFinished(() => void vi.unstubAllEnvs());
  const basic = Buffer.from('grace:pass word').toString('base64');
  expect(withoutEchoes(`pass word, pass%20word, Basic ${basic}`, base)).not.toMatch(/word|cGFzc/);
});

test('leaves the words of the service as they are', () => {
  const words = 'AADSTS7000215: Invalid client secret provided for 50% of "x" &amp; \\u0041.';
  expect(withoutEchoes(words, places['a form']?.('abcdefgh12345678') ?? base)).toBe(words);
});

test.each([
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'password',
  'refresh_token',
  'secretText',
  'value',
])('the field %s is a secret, in a form and in JSON; the others of the request are not', (field) => {
  const fields = { [field]: 'hush-hush-1', client_id: '1b4e28ba-2fa1' };
  const bodies = [new URLSearchParams(fields).toString(), JSON.stringify({ deep: fields, many: 3 })];
  for (const body of bodies)
    expect(withoutEchoes('hush-hush-1 of 1b4e28ba-2fa1', { ...base, body })).toBe('*** of 1b4e28ba-2fa1');
});

test('a secret of four letters is cut, but not a word of three; a short one as a whole only', () => {
  const words = (secret: string) => withoutEchoes(`abc abcd abcde of ${secret}!`, holding(secret));
  expect(words('abcd')).toBe('abc *** ***e of ***!');
  expect(words('abc')).toBe('abc abcd abcde of abc!');
  expect(withoutEchoes('abc is YWJj or 616263', holding('abc'))).toBe('abc is YWJj or 616263');
  // Letters that stand in a short one, or in two words, are no secret.
  expect(withoutEchoes('abcd a-b-c-d', holding('a-b-c-d'))).toBe('abcd ***');
  expect(withoutEchoes('for\\nits writs', holding('rits'))).toBe('for\\nits w***');
  const both = { ...holding('abcde'), headers: { authorization: 'Bearer stuvwxyz-token' } };
  expect(withoutEchoes('abcde, abcd, stuvwxyz, stuvwxy', both)).toBe('***, abcd, ***, stuvwxy');
});

test('of the headers the token is a secret, of the address what no option of OData says', () => {
  const request = {
    ...base,
    headers: { 'client-request-id': '1b4e28ba-2fa1', AUTHORIZATION: 'Bearer hush1' },
    url: 'https://graph.microsoft.com/v1.0/users?$filter=displayName&api-version=2023-07-01&authtoken=hush2',
  };
  const said = (one: string, other: string) => `displayName 2023-07-01 1b4e28ba-2fa1 Bearer ${one} ${other}`;
  expect(withoutEchoes(said('hush1', 'hush2'), request)).toBe(said('***', '***'));
});

/** Each of them for the whole of a text; what is plain in it is copied as it is. */
const letterwise: Record<string, string> = {
  plain: 'a&b<c>d"e\'f~/',
  'named in HTML': 'a&amp;b&lt;c&gt;d&quot;e&apos;f~/',
  'named in HTML in capitals': 'a&AMP;b&LT;c&GT;d&QUOT;e&APOS;f~/',
  'numbered in HTML': everyLetter('a&b<c>d"e\'f~/', (unit) => `&#${unit};`),
  'numbered in HTML without its end': everyLetter('a&b<c>d"e\'f~/', (unit) => `&#${unit}`),
  'numbered in HTML in hex without its end': everyLetter('a&b<c>d"e\'f~/', (unit) => `&#x${hex(unit, 2)}`),
  'escaped in a script': everyLetter('a&b<c>d"e\'f~/', (unit) => `\\x${hex(unit, 2)}`),
  'escaped in JSON': 'a&b<c>d\\"e\'f~\\/',
  'only its first letter': '%61&b<c>d"e\'f~/',
  'only its last letter': 'a&b<c>d"e\'f~%2f',
  'numbered with zeros before it': everyLetter('a&b<c>d"e\'f~/', (unit) => `&#000000${unit};`),
  'wide as Chinese letters are': everyLetter('a&b<c>d"e\'f~/', (unit) => String.fromCharCode(unit + 0xfee0)),
  twice: '%2561&amp;amp;b<c>d\\\\"e\'f~/',
};

test.each(Object.entries(letterwise))('what is written %s is cut to the letter', (_, echo) => {
  const request = { ...base, headers: { Authorization: 'Bearer a&b<c>d"e\'f~/' } };
  for (const [before, after] of [
    ['', ''],
    ['%41 ', ''],
    ['', ' &lt;'],
    ['said: ', ' to me'],
  ])
    expect(withoutEchoes(`${before}${echo}${after}`, request)).toBe(`${before}***${after}`);
});

test('of base64 only the letters stay that hold bits of what stands beside the secret, and not all of these', () => {
  for (const secret of ['>>>???~~~>>>', '>>>???~~~>>>?', '>>>???~~~>>>??'])
    for (const before of ['', 'p', 'pp', 'ppp'])
      for (const after of ['', 's', 'ss', 'sss'])
        for (const form of ['base64', 'base64url'] as const) {
          const text = Buffer.from(`${before}${secret}${after}`).toString(form);
          // Six bits a letter.
          const first = (8 * before.length) / 6;
          const last = (8 * (before.length + secret.length)) / 6;
          const [begin, end] = withoutEchoes(text, holding(secret)).split('***');
          expect([Math.floor(first), Math.ceil(first)].map((at) => text.slice(0, at))).toContain(begin);
          expect([Math.floor(last), Math.ceil(last)].map((at) => text.slice(at))).toContain(end);
        }
});

test.each([
  ['tabcdefgh1234', 'sent abcdefgh-1234', 'sent ***'],
  ['tabcdefgh1234', 'sent\\nabcdefgh\\n1234', 'sent\\n***'],
  ['abcdefgh1234w', 'abcdefgh-1234 was sent', '*** was sent'],
  ['abcdefgh', 'xabcd efgh', 'x***'],
  ['abcdefgh', 'abcd efghx', '***x'],
  ['abcdefgh', 'abcd efg h', '***'],
  ['abcdefgh', 'a bcd efgh', '***'],
  ['abcdefghi', 'a b c d e f g h i', '***'],
  ['abcd-efgh', 'abcdefgh, not abcdefg', '***, not abcdefg'],
  ['pa55-word', 'pa55-word is no pass word', '*** is no pass word'],
  ['pa55-word', 'your pass word', 'your pass word'],
  // Signs that are two units of a text, and numbers behind the last sign.
  ['pa\u{1f600}ssword', 'pa&#x1F600;ssword or pa\\u{1f600}ssword, pa&#128512;ssword', '*** or ***, ***'],
  ['\u{1f600}passwo', 'x&#x1F600;passwo', 'x***'],
  ['abcdefgh', 'abcdefgh&#x110000;, \\u{ffffff}', '***&#x110000;, \\u{ffffff}'],
  // The signs of numbers, where they are letters of the secret itself.
  ['pw0xazqr', 'pw0xaz-qr', '***'],
  ['pwU+abzqr', 'pw U+ab zqr', '***'],
  ['äöüßäöüßÄÖÜßÄÖÜẞ', 'it ends with ÄÖÜßÄÖÜẞ.', 'it ends with ***.'],
  ['abcdefgh-12345678', '%61bcdefgh is wrong, 1234567%38 as well', '*** is wrong, *** as well'],
])(
  'of the secret %s a service says %j, of which stays %j: no letter of it, and each of the words beside it',
  (value, said, left) => {
    expect(withoutEchoes(said, holding(value))).toBe(left);
  },
);

test('only a text among the fields of a request is a secret, and no bytes are', () => {
  const body = JSON.stringify({ value: ['read', 'write', 'send', 'all'], password: 12345678 });
  expect(withoutEchoes('read 12345678', { ...base, body })).toBe('read 12345678');
  expect(withoutEchoes('read 12345678', { ...base, body: Buffer.from('password=12345678') })).toBe(
    'read 12345678',
  );
});

test('what is far too long for a message is not quoted at all', () => {
  expect(withoutEchoes('x'.repeat(100_000), base)).toHaveLength(100_000);
  expect(withoutEchoes('x'.repeat(100_001), base)).toBe('');
});

test('a text is read again until no coding is left in it, or it would be too much', () => {
  const lengths = (text: string, most: number) =>
    readingsOf(text, most).map((reading) => reading.text.length);
  expect(lengths('plain', 100)).toEqual([5]);
  // Undone are a layer of URLs, another one, and a number in what was left after the first.
  for (const most of [100, 6]) expect(lengths('%2541', most)).toEqual([5, 3, 1, 2]);
  expect(lengths('%2541', 5)).toEqual([5, 3, 1]);
  expect(lengths('%2541', 3)).toEqual([5, 3]);
  expect(lengths('%2541', 2)).toEqual([5]);
});
