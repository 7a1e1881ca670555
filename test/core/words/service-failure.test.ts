import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Failure } from '../../../src/core/words/failure.ts';
import { say } from '../../../src/core/words/say.ts';
import { serviceFailure } from '../../../src/core/words/service-failure.ts';
import { unknownAdvice } from '../../../src/core/words/unknown.ts';

const blocked = {
  error: 'invalid_grant',
  error_description:
    'AADSTS53003: Access has been blocked by Conditional Access policies. Trace ID: 1b5b Correlation ID: 2b7c Timestamp: 2026-11-23 22:00:00Z',
  error_codes: [53003],
  suberror: 'message_only',
  trace_id: '1b5b',
  claims: '{"access_token":{"capolids":{"values":["policy"]}}}',
};

test('an OAuth error gives number, words without their tail, and trace id', () => {
  expect(serviceFailure({ service: 'entra', status: 400, body: blocked, doing: say`sign in` })).toMatchObject(
    {
      message: 'Microsoft Entra refused to sign in (HTTP 400).',
      code: 'AADSTS53003',
      requestId: '1b5b',
      detail: 'AADSTS53003: Access has been blocked by Conditional Access policies.',
      status: 400,
      doing: 'sign in',
      doubt: false,
      exitCode: 1,
    },
  );
});

test('the older form of the tail, on lines of its own, is cut too', () => {
  const error_description = 'AADSTS50020: No such guest.\r\nTrace ID: 1\r\nCorrelation ID: 2\r\nTimestamp: 3';
  const failure = serviceFailure({
    service: 'entra',
    status: 400,
    body: { ...blocked, error_description },
    doing: say`sign in`,
  });
  expect(failure.detail).toBe('AADSTS50020: No such guest.');
});

test('a Graph error gives code, words and request id', () => {
  const body = {
    error: {
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges.',
      innerError: { 'request-id': 'x' },
    },
  };
  const failure = serviceFailure({
    service: 'graph',
    status: 403,
    body,
    requestId: 'r-1',
    doing: say`grant Mail.Send`,
    situation: 'grant',
    doubt: true,
  });
  expect(failure).toMatchObject({ code: 'Authorization_RequestDenied', requestId: 'r-1', doubt: true });
  expect(String(failure.advice.next)).toContain('Privileged Role Administrator');
});

test('words of the service are one line, control and bidi characters marked, of 300 letters at most', () => {
  const message = `\u001b[31m<b>bold</b>\u202e ${'x'.repeat(1_000_000)}`;
  const failure = serviceFailure({
    service: 'exchange',
    status: 500,
    body: { error: { code: 'E', message } },
    doing: say`send`,
  });
  expect(failure.detail).toMatch(/^\ufffd\[31m<b>bold<\/b>\ufffd x+…$/);
  expect(failure.detail).toHaveLength(300);
  expect(failure.message).toBe('Exchange Online could not send (HTTP 500).');
});

const words = 'Der Zugriff wurde verweigert.';

test.each([
  ['no code', { error: { message: words } }, 'HTTP 403'],
  ['a code that is null', { error: { code: null, message: words } }, 'HTTP 403'],
  ['a number for a code', { error: { code: 40301, message: words } }, '40301'],
  ['a text with its language', { error: { code: 'X', message: { lang: 'de', value: words } } }, 'X'],
  ['the form of OData 3', { 'odata.error': { code: 'X', message: { lang: 'de', value: words } } }, 'X'],
  ['nothing around it', { code: 'X', message: words }, 'X'],
  ['names in capitals', { Error: { Code: 'X', Message: words } }, 'X'],
  ['a message alone', { Message: words }, 'HTTP 403'],
  ['a sentence for an error', { error: words }, 'HTTP 403'],
  ['the words in an inner error', { error: { code: 'X', message: '', innererror: { message: words } } }, 'X'],
  ['another inner error', { error: { code: 'X', message: null, innerError: { message: words } } }, 'X'],
])('an error with %s is quoted all the same, and its cause is not known', (_, body, code) => {
  for (const service of ['graph', 'exchange', 'entra'] as const) {
    const failure = serviceFailure({ service, status: 403, body, doing: say`try` });
    expect(failure).toMatchObject({ code, detail: words });
    expect(String(failure.advice.cause)).toBe('The cause is not known. Microsoft did not allow this.');
  }
});

test.each(['innerError', 'innererror'])('a request id that is in "%s" alone is told', (inner) => {
  const body = { error: { code: 'X', message: words, [inner]: { 'request-id': 'r-7' } } };
  const answer = { service: 'graph' as const, status: 403, body, doing: say`try` };
  expect(serviceFailure(answer).requestId).toBe('r-7');
  expect(serviceFailure({ ...answer, requestId: 'r-1' }).requestId).toBe('r-1');
});

test.each([
  ['as texts', { error_codes: ['50034'] }],
  ['before the words alone', {}],
  ['as null', { error_codes: null }],
])("Entra's number is read where it stands %s", (_, numbers) => {
  const body = {
    error: 'invalid_grant',
    error_description: 'AADSTS50034: ユーザー アカウントが存在しません。',
    ...numbers,
  };
  expect(serviceFailure({ service: 'entra', status: 400, body, doing: say`sign in` }).code).toBe(
    'AADSTS50034',
  );
});

test('what the status means is told of each that Graph documents, and too much is no outage', () => {
  const causeOf = (status: number) => String(unknownAdvice({ status, service: 'graph' }).cause);
  expect(causeOf(412)).toContain('changed in the meantime');
  expect(causeOf(423)).toContain('locked');
  expect(causeOf(451)).toContain('legal reasons');
  expect(causeOf(410)).toContain('no longer exists');
  expect(unknownAdvice({ status: 509, service: 'graph' })).toEqual(
    unknownAdvice({ status: 429, service: 'graph' }),
  );
});

const said = (message: string) =>
  new Failure({
    code: 'X',
    message: say`No.`,
    doing: say`look`,
    advice: unknownAdvice({ status: 400, service: 'graph' }),
    detail: message,
  }).detail;
const pasted = 'Zq28Q~kPx7vB3nM9wR2tY6uL4sD8fG1hJ5cV0aWe';
const units = [...Buffer.from(pasted)];
/** Codings that no list of them foresees: what is quoted has to be words. */
const unforeseen: Record<string, string> = {
  'in capitals': pasted.toUpperCase(),
  'in small letters': pasted.toLowerCase(),
  'from its end': [...pasted].reverse().join(''),
  'as octal numbers without zeros': units.map((unit) => `\\${unit.toString(8)}`).join(''),
  'as octal numbers': units.map((unit) => unit.toString(8).padStart(3, '0')).join(' '),
  'as padded numbers': units.map((unit) => String(unit).padStart(3, '0')).join(' '),
  'as bits': units.map((unit) => unit.toString(2).padStart(8, '0')).join(' '),
  'for a style sheet': units.map((unit) => `\\${unit.toString(16).padStart(6, '0')}`).join(''),
  'as code of Perl': units.map((unit) => `\\x{${unit.toString(16)}}`).join(''),
  'as HTML with many zeros': units.map((unit) => `&#x00000000${unit.toString(16)};`).join(''),
  'in base32': 'LJYTEOCRPZVVA6BXOZBDG3SNHF3VEMTULE3HKTBUONCDQZSHGFUEUNLDKYYGCV3F',
  'as one number': String(BigInt(`0x${Buffer.from(pasted).toString('hex')}`)),
  'sign by sign': [...pasted].map((sign, at) => `${at}: ${sign}`).join(', '),
  'as an object': JSON.stringify({ ...units }),
  'as base64 from its end': [...Buffer.from(pasted).toString('base64')].reverse().join(''),
};

test.each(Object.entries(unforeseen))('what is no word is not quoted: a secret %s', (_, echo) => {
  expect(said(`The value ${echo} was wrong.`)).toMatch(/^The value \W{0,3}\*{3} was wrong\.$/);
});

test.each([
  "Property 'appId' of 1b4e28ba-2fa1-4d2c-883f-0016d3cca427, 2b4e28ba-2fa1-4d2c-883f-0016d3cca427 is wrong at 2026-11-27T16:49:09.1234567Z.",
  'AADSTS7000215: Invalid client secret provided. See https://go.microsoft.com/fwlink/?linkid=2083908 and 20 10.0.0.1.',
  "Resource '/v1.0/users/jane.doe2@contoso365.onmicrosoft.com/messages' does not exist (550 5.1.10, 4.2.2, 1 2 3).",
  'Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings, DeviceManagementConfiguration.ReadWrite.All.',
])('what people can read is quoted: %s', (words) => {
  expect(said(words)).toBe(words);
});

test('signs in rows too short to hide take no time that grows with their number', () => {
  const words = 'a b c d e f a b c d e f a b c d e f a zz '.repeat(2_500);
  expect(said(words)).toBe(words);
});

test('a code from outside is cleaned and cut', () => {
  const body = { error: { code: `Bad\u0007${'x'.repeat(500)}`, message: '' } };
  const { code } = serviceFailure({ service: 'graph', status: 400, body, doing: say`look` });
  expect(code).toHaveLength(80);
  expect(code).toMatch(/^Bad\ufffdx+$/);
});

test('any body at all gives a Failure with a code and advice, and only its message is taken from it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 100, max: 599 }), (body, status) => {
      const failure = serviceFailure({ service: 'graph', status, body, doing: say`look` });
      expect(failure).toBeInstanceOf(Failure);
      expect(failure.code).not.toBe('');
      expect(String(failure.advice.next)).not.toBe('');
    }),
  );
});

test.each([
  undefined,
  null,
  'text',
  [],
  {},
  { error: null },
  { error: {} },
  { error: { code: {} } },
  { error: { code: '' } },
  { error: [] },
  { error: '' },
  { error: '\u0000' },
])('without an error object the status is quoted: %j', (body) => {
  const failure = serviceFailure({ service: 'graph', status: 418, body, doing: say`look` });
  expect(failure.code).toBe('HTTP 418');
  expect(failure.detail).toBeUndefined();
});

test('a secret beside the message does not come along', () => {
  const body = { error: { code: 'E', message: 'm', secretText: 'hush' }, access_token: 'hush' };
  const failure = serviceFailure({ service: 'graph', status: 400, body, doing: say`look` });
  expect(JSON.stringify({ ...failure, message: failure.message })).not.toContain('hush');
});
