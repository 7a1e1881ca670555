import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Address, isAddress, normaliseAddress } from '../../../src/core/customer/address.ts';

// Most addresses that are taken, changed or refused are rows of test/reliability/bad-mail.ts.
test.each([
  ['blanks', ' ta@contoso.com ', 'ta@contoso.com'],
  [
    'a guest',
    'gina_fabrikam.com#EXT#@contoso.onmicrosoft.com',
    'gina_fabrikam.com#EXT#@contoso.onmicrosoft.com',
  ],
  ['capitals, as they are', 'Ta@Contoso.com', 'Ta@Contoso.com'],
])('takes %s', (_, text, kept) => {
  expect(Address.parse(text)).toBe(kept);
});

test.each([
  ['no local part', '@contoso.com'],
  ['a line break and another header', 'a@contoso.com\r\nBcc: b@contoso.com'],
  ['a tab', 'a\tb@contoso.com'],
  ['an override', 'a\u202eb@contoso.com'],
  ['two addresses', 'a@contoso.com, b@contoso.com'],
  ['a blank inside', 'a b@contoso.com'],
  ['a label of 64 characters', `a@${'b'.repeat(64)}.com`],
  ['a label that ends with a dash', 'a@b-.com'],
])('refuses %s', (_, text) => {
  expect(Address.safeParse(text).error?.issues[0]?.message).toBe('an email address such as ta@contoso.com');
});

test('takes what RFC 5322 generators make, and normalises once for all', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      expect(isAddress(normaliseAddress(address)) || address.length > 254).toBe(true);
      expect(normaliseAddress(normaliseAddress(address))).toBe(normaliseAddress(address));
    }),
  );
});

test('lets no control character and no second line through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = Address.safeParse(`${text}@contoso.com`);
      if (read.success) expect(read.data).toMatch(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u);
    }),
  );
});
