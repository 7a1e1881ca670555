import { expect, test } from 'vitest';
import { errors } from '../../../src/core/words/errors.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import { type OwnCode, ownAdvice } from '../../../src/core/words/own.ts';
import { say } from '../../../src/core/words/say.ts';

const bad = 'x\u001b]52;c;eA==\u0007\u202e\ny';
const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });

const rows: [failure: Failure, code: OwnCode, message: string][] = [
  [
    errors.wrongTenant('a', 'b'),
    'TA-WRONG-TENANT',
    "You are signed in to tenant b, but the customer's tenant is a.",
  ],
  [errors.cancelled(say`The app exists.`), 'TA-CANCELLED', 'Stopped on request. The app exists.'],
  [errors.cancelled(''), 'TA-CANCELLED', 'Stopped on request.'],
  [
    errors.noConnection(say`look`, 'h.example', 'ENOTFOUND'),
    'TA-NO-CONNECTION',
    'No connection to h.example (ENOTFOUND).',
  ],
  [
    errors.noAnswer(say`look`, 'h.example', 'ECONNRESET', true),
    'TA-NO-ANSWER',
    'No answer from h.example (ECONNRESET).',
  ],
  [
    errors.busy({ who: 'ann', host: 'PC-1', pid: 42, since: '10:00' }),
    'TA-BUSY',
    'Another run is using this customer: ann on PC-1, process 42, since 10:00.',
  ],
  [errors.lockLost(), 'TA-LOCK-LOST', 'Another run is using this customer now, so this run stopped.'],
  [
    errors.untrustedCertificate(say`look`, 'h.example', 'CERT_HAS_EXPIRED'),
    'TA-UNTRUSTED-CERTIFICATE',
    'The certificate of h.example is not trusted (CERT_HAS_EXPIRED).',
  ],
  [
    errors.certificateCheckOff(say`look`, 'h.example'),
    'TA-CERTIFICATE-CHECK-OFF',
    'Nothing was sent to h.example: certificate checks are off.',
  ],
  [errors.badProxy('ALL_PROXY'), 'TA-BAD-PROXY', 'The address in ALL_PROXY is not the address of a proxy.'],
  [
    errors.badProxy('HTTPS_PROXY', 'socks5'),
    'TA-BAD-PROXY',
    'HTTPS_PROXY names a socks5 proxy, which is not supported.',
  ],
  [
    errors.proxyFailed(say`look`, { proxy: 'p:80', host: 'h.example', status: 407, reason: '407' }),
    'TA-PROXY',
    'The proxy p:80 refused the connection to h.example (HTTP 407).',
  ],
  [
    errors.somethingBetween(say`look`, { status: 200, contentType: 'text/html' }),
    'TA-SOMETHING-BETWEEN',
    'A proxy or sign-in page answered instead of Microsoft (HTTP 200, text/html).',
  ],
  [
    errors.somethingBetween(say`look`, { status: 302, contentType: undefined }),
    'TA-SOMETHING-BETWEEN',
    'A proxy or sign-in page answered instead of Microsoft (HTTP 302, no content type).',
  ],
  [
    errors.somethingBetween(say`look`, { status: 511, contentType: 'text/html' }),
    'TA-SOMETHING-BETWEEN',
    'A proxy or sign-in page answered instead of Microsoft (HTTP 511, text/html).',
  ],
  [
    errors.somethingBetween(say`look`, { status: 503, contentType: 'text/html' }),
    'TA-ERROR-PAGE',
    'An error page came instead of an answer (HTTP 503, text/html).',
  ],
  [errors.oddAnswer(say`look`, {}), 'TA-ODD-ANSWER', "This tool cannot read Microsoft's answer."],
  [
    errors.oddAnswer(say`look`, { path: 'a.0' }),
    'TA-ODD-ANSWER',
    "This tool cannot read Microsoft's answer (at a.0).",
  ],
  [
    errors.answerTooLarge(say`look`, 'h.example', 4 * 1024 * 1024, false),
    'TA-ANSWER-TOO-LARGE',
    'The answer from h.example is larger than 4 MB.',
  ],
  [
    errors.badInput({
      file: 'c.json',
      path: 'mail.fromAddress',
      expected: say`an e-mail address`,
      found: 'ta',
    }),
    'TA-BAD-INPUT',
    'c.json, mail.fromAddress: expected an e-mail address, found ta.',
  ],
  [
    errors.badInput({ file: 'c.json', path: '', expected: say`JSON` }),
    'TA-BAD-INPUT',
    'c.json: expected JSON.',
  ],
  [errors.fileMissing('c.json'), 'TA-FILE-MISSING', 'c.json does not exist.'],
  [errors.cannotRead('c.json', full), 'TA-CANNOT-READ', 'c.json cannot be read (ENOSPC).'],
  [errors.cannotWrite('c.json', full), 'TA-CANNOT-WRITE', 'c.json cannot be written (ENOSPC).'],
  [errors.cannotWrite('c.json', 'odd'), 'TA-CANNOT-WRITE', 'c.json cannot be written.'],
  [
    errors.pathOutside('c.ta-record.json', '../c.ta-email.json'),
    'TA-PATH-OUTSIDE',
    'c.ta-record.json names a preferences file outside its own folder: ../c.ta-email.json.',
  ],
  [
    errors.untrustedHost(say`Token Endpoint`, 'evil.example'),
    'TA-UNTRUSTED-HOST',
    'Token Endpoint points to evil.example, which is not a Microsoft host of this cloud.',
  ],
  [errors.tenantNotFound('contoso.com'), 'TA-TENANT-NOT-FOUND', 'No tenant was found for contoso.com.'],
  [
    errors.timedOut(say`wait for the secret`, 300),
    'TA-TIMED-OUT',
    'No result after 300 seconds: wait for the secret.',
  ],
];

test.each(rows)('%s', (failure, code, message) => {
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ code, message, advice: ownAdvice[code] });
  expect(failure.doing).not.toBe('');
});

test('a name that is too long is not a matter of rights: the advice is a shorter one', () => {
  const tooLong = Object.assign(new Error(), { code: 'ENAMETOOLONG' });
  expect(String(errors.cannotWrite('c.json', tooLong).advice.next)).toMatch(
    /^Choose a shorter name or folder\.$/,
  );
});

test('every code of ours is made by some factory', () => {
  const made = new Set<string>(rows.map(([, code]) => code));
  expect(Object.keys(ownAdvice).filter((code) => !made.has(code))).toEqual([]);
});

test('bad input ends with 3, the rest with 1', () => {
  const ends = (exitCode: number) => rows.filter(([it]) => it.exitCode === exitCode).map(([, code]) => code);
  expect(new Set(ends(3))).toEqual(
    new Set(['TA-BAD-INPUT', 'TA-FILE-MISSING', 'TA-CANNOT-READ', 'TA-PATH-OUTSIDE']),
  );
  expect(ends(1)).not.toContain('TA-BAD-INPUT');
});

test('text from outside cannot write to a terminal through a message', () => {
  for (const { message } of [
    errors.wrongTenant('a', bad),
    errors.busy({ who: bad, host: bad, pid: 1, since: bad }),
    errors.somethingBetween(say`look`, { status: 200, contentType: bad }),
    errors.oddAnswer(say`look`, { path: bad }),
    errors.badInput({ file: bad, path: bad, expected: say`x`, found: bad }),
    errors.fileMissing(bad),
    errors.cannotRead(bad, undefined),
    errors.cannotWrite(bad, undefined),
    errors.pathOutside(bad, bad),
    errors.untrustedHost(say`x`, bad),
    errors.tenantNotFound(bad),
  ]) {
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

test('a value from outside is cut', () => {
  const long = 'x'.repeat(10_000);
  expect(
    errors.badInput({ file: 'f', path: 'p', expected: say`e`, found: long }).message.length,
  ).toBeLessThan(200);
  expect(errors.untrustedHost(say`x`, long).message.length).toBeLessThan(250);
  expect(errors.tenantNotFound(long).message.length).toBeLessThan(200);
});
