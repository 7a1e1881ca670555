import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { echoCutter } from '../../../src/core/cloud/echoes.ts';
import type { HttpRequest } from '../../../src/core/cloud/http.ts';
import { say } from '../../../src/core/words/say.ts';

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

const everyLetter = (text: string, code: (unit: number) => string) =>
  Array.from(text, (sign) => code(sign.charCodeAt(0))).join('');
const hex = (unit: number, digits: number) => unit.toString(16).padStart(digits, '0');

/** How a gateway or a debugging proxy may write a value. */
const codings: Record<string, (secret: string) => string> = {
  raw: (secret) => secret,
  'URL-encoded': encodeURIComponent,
  'URL-encoded in lower case': (secret) =>
    encodeURIComponent(secret).replace(/%../g, (each) => each.toLowerCase()),
  'URL-encoded to the letter': (secret) => everyLetter(secret, (unit) => `%${hex(unit, 2)}`),
  'URL-encoded twice': (secret) => encodeURIComponent(everyLetter(secret, (unit) => `%${hex(unit, 2)}`)),
  'as a form': (secret) => new URLSearchParams({ x: secret }).toString(),
  'in JSON': (secret) => JSON.stringify(secret),
  'in JSON, every letter': (secret) => everyLetter(secret, (unit) => `\\u${hex(unit, 4)}`),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)),
  'as HTML': (secret) =>
    secret.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('~', '&#x7e;'),
  'as HTML, every letter': (secret) => everyLetter(secret, (unit) => `&#x${hex(unit, 2)};`),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 within more': (secret) => Buffer.from(`user:${secret}!`).toString('base64'),
  base64url: (secret) => Buffer.from(`u${secret}`).toString('base64url'),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'hex in capitals': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'hex with colons': (secret) => everyLetter(secret, (unit) => `${hex(unit, 2)}:`),
  'hex in C': (secret) => everyLetter(secret, (unit) => `0x${hex(unit, 2)}, `),
  'as code points': (secret) => everyLetter(secret, (unit) => `U+${hex(unit, 4)} `),
  'as code points in one': (secret) => everyLetter(secret, (unit) => `U+${hex(unit, 4)}`),
  'in JavaScript': (secret) => everyLetter(secret, (unit) => `\\u{${hex(unit, 2)}}`),
  'as octal numbers': (secret) => everyLetter(secret, (unit) => `\\${unit.toString(8).padStart(3, '0')}`),
  'as numbers': (secret) => JSON.stringify([...Buffer.from(secret)]),
  'as quoted-printable': (secret) => everyLetter(secret, (unit) => `=${hex(unit, 2).toUpperCase()}`),
  'in lines of quoted-printable': (secret) => secret.replace(/.{6}/g, '$&=\r\n'),
  'in lines, in JSON': (secret) => JSON.stringify(secret.replace(/.{5}/g, '$&\n')),
  'letter by letter': (secret) => [...secret].join(' '),
  'with breaks that are not seen': (secret) => secret.replace(/.{4}/g, '$&\u200b'),
  'as a sum of texts': (secret) => secret.replace(/.{5}/g, '$&" + "'),
  'as UTF-16': (secret) => everyLetter(secret, (unit) => `${String.fromCharCode(unit)}\0`),
  'as UTF-16 in base64': (secret) => Buffer.from(`x${secret}`, 'utf16le').toString('base64'),
  'as UTF-16 in hex': (secret) => Buffer.from(secret, 'utf16le').toString('hex'),
  'in lines of base64': (secret) => Buffer.from(secret).toString('base64').replace(/.{6}/g, '$&\r\n'),
  'base64 of base64': (secret) => Buffer.from(Buffer.from(secret).toString('base64')).toString('base64'),
  'base64 in hex': (secret) => Buffer.from(Buffer.from(secret).toString('base64')).toString('hex'),
  'base64 in hex in capitals': (secret) =>
    Buffer.from(Buffer.from(secret).toString('base64')).toString('hex').toUpperCase(),
  'hex in capitals in base64': (secret) =>
    Buffer.from(Buffer.from(secret).toString('hex').toUpperCase()).toString('base64'),
  'for JavaScript, and five times for a URL': (secret) =>
    [1, 2, 3, 4, 5].reduce(
      encodeURIComponent,
      everyLetter(secret, (unit) => `\\u{${hex(unit, 2)}}`),
    ),
};

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
      expect(left.length).toBeLessThan('Invalid request:  was sent.'.length + 30);
      expect(left).toContain('***');
    }),
    { numRuns: 40 },
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

/** A text that a request holds in a place where a secret stands. */
const holding = (secret: string): HttpRequest =>
  places['a body of Azure']?.(secret) ?? { ...base, body: secret };

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

test('of base64 only the letters stay that hold bits of what stands beside the secret', () => {
  for (const secret of ['>>>???~~~>>>', '>>>???~~~>>>?', '>>>???~~~>>>??'])
    for (const before of ['', 'p', 'pp', 'ppp'])
      for (const after of ['', 's', 'ss', 'sss'])
        for (const form of ['base64', 'base64url'] as const) {
          const text = Buffer.from(`${before}${secret}${after}`).toString(form);
          // Six bits a letter.
          const first = Math.ceil((8 * before.length) / 6);
          const last = Math.floor((8 * (before.length + secret.length)) / 6);
          const wanted = `${text.slice(0, first)}***${text.slice(last)}`;
          expect(withoutEchoes(text, holding(secret))).toBe(wanted);
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
