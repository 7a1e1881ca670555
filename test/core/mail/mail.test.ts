import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkMail,
  createReceiptCode,
  type OutgoingMail,
  receiptCodePattern,
} from '../../../src/core/mail/mail.ts';
import { errorFrom } from '../../support/error-from.ts';
import { processorMs } from '../../support/processor-time.ts';

const code = 'TA-7K3Q-9F';

function mailWith(change: Partial<OutgoingMail> = {}): OutgoingMail {
  return { to: ['robin@contoso.com'], subject: 'Hours', body: 'Text', code, ...change };
}

function addresses(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `person${index}@contoso.com`);
}

test('takes addresses in every mixture of separators, each once', async () => {
  const to = ['a@x.com; B <b@x.com>,c@x.com\nA@X.com', ' mailto:d@x.com ', ''];
  const ready = await checkMail(mailWith({ to, cc: ['D@x.com', 'e@x.com'] }));
  expect(ready.to).toEqual(['a@x.com', 'b@x.com', 'c@x.com', 'd@x.com']);
  expect(ready.cc).toEqual(['e@x.com']);
});

test('puts the code behind the subject, and below the text', async () => {
  const ready = await checkMail(mailWith({ body: '<b>\'x\'</b> & "y"\r\nz' }));
  expect(ready.subject).toBe(`Hours [${code}]`);
  expect(ready.html).toBe(
    `<p>&lt;b&gt;&#39;x&#39;&lt;/b&gt; &amp; &quot;y&quot;<br>z</p><p>Receipt code: <b>${code}</b></p>`,
  );
  expect((await checkMail(mailWith({ subject: '' }))).subject).toBe(`[${code}]`);
});

test('lets no markup of a text through', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
      const body = text.replace(/\p{Cc}/gu, '');
      const { html } = await checkMail(mailWith({ body }));
      const inner = html.slice('<p>'.length, html.indexOf('</p><p>Receipt code'));
      expect(inner).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
    }),
  );
});

test('takes 500 recipients', async () => {
  const ready = await checkMail(mailWith({ to: addresses(400), cc: addresses(500).slice(400) }));
  expect(ready.to.length + ready.cc.length).toBe(500);
});

test.each<[string, Partial<OutgoingMail>, string]>([
  ['no recipient', { to: [] }, 'to: expected at least one address.'],
  ['blank recipients', { to: [' ; ,\n'] }, 'to: expected at least one address.'],
  ['501 recipients', { to: addresses(501) }, 'to and cc: expected at most 500 addresses.'],
  ['no address', { to: ['robin'] }, 'to "robin": expected an address such as ta@contoso.com.'],
  [
    'a client secret in place of an address',
    { to: ['Xy78Q~canary-canary.canary_canary~canary'] },
    'to: expected an address such as ta@contoso.com.',
  ],
  [
    'a client secret in front of an address',
    { to: ['Xy78Q~canary-canary.canary_canary~canary@contoso.com'] },
    'to: expected an address such as ta@contoso.com.',
  ],
  [
    'a client secret in the subject',
    { subject: 'It is Xy78Q~canary-canary.canary_canary~canary' },
    'subject: expected a text without a client secret.',
  ],
  [
    'preferences in the text',
    { body: '{ "clientSecret": "Xy78Q~canary-canary.canary_canary~canary" }' },
    'body: expected a text without a client secret.',
  ],
  ['a cc that is no address', { cc: ['a@b'] }, 'cc "a@b": expected an address such as ta@contoso.com.'],
  [
    'another header in the subject',
    { subject: 'Hours\r\nBcc: x@evil.example' },
    'subject: expected one line without control characters.',
  ],
  [
    'a line separator in the subject',
    { subject: 'a\u2028b' },
    'subject: expected one line without control characters.',
  ],
  [
    'an override in the subject',
    { subject: 'a\u202eb' },
    'subject: expected one line without control characters.',
  ],
  ['a long subject', { subject: 'x'.repeat(243) }, 'subject: expected at most 242 characters.'],
  ['a NUL in the text', { body: 'a\0b' }, 'body: expected text without control characters.'],
  [
    'an escape sequence in the text',
    { body: '\u001b[31m' },
    'body: expected text without control characters.',
  ],
  ['half a letter in the text', { body: '\ud800' }, 'body: expected text without control characters.'],
  ['a huge text', { body: 'x'.repeat(1024 * 1024 + 1) }, 'body: expected at most 1 MB of text.'],
  ['a code that is none', { code: 'TA-0000-00' }, 'code: expected a code such as TA-7K3Q-9F.'],
])('refuses %s', async (_, change, message) => {
  expect(await errorFrom(checkMail(mailWith(change)))).toMatchObject({
    code: 'TA-BAD-MAIL',
    exitCode: 3,
    message,
  });
});

test('looks at 10,000 pasted lines at once', async () => {
  const to = [addresses(10_000).join('\n')];
  const ms = await processorMs(async () => {
    expect(await errorFrom(checkMail(mailWith({ to })))).toMatchObject({
      message: 'to and cc: expected at most 500 addresses.',
    });
  });
  expect(ms).toBeLessThan(200);
});

test('has the form TA-7K3Q-9F, without letters that are taken for others', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 31 }), { minLength: 6, maxLength: 6 }), (picks) => {
      let at = 0;
      const code = createReceiptCode(() => picks[at++] ?? 0);
      expect(code).toMatch(receiptCodePattern);
      expect(code.slice(3)).not.toMatch(/[01IO]/);
    }),
  );
});

test('draws each letter within the alphabet, and another code each time', () => {
  const bounds: number[] = [];
  createReceiptCode((below) => {
    bounds.push(below);
    return 0;
  });
  expect(bounds).toEqual([32, 32, 32, 32, 32, 32]);
  expect(new Set(Array.from({ length: 200 }, () => createReceiptCode())).size).toBe(200);
});
