import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Address, isAddress, normaliseAddress } from '../../../src/core/customer/address.ts';

test.each([
  ['blanks', ' ta@contoso.com ', 'ta@contoso.com'],
  ['a blank that does not break, out of Outlook', '\u00a0ta@contoso.com\u00a0', 'ta@contoso.com'],
  ['mailto:', 'MailTo:ta@contoso.com', 'ta@contoso.com'],
  ['a semicolon behind', 'ta@contoso.com;', 'ta@contoso.com'],
  ['a name before', 'T & A <ta@contoso.com>', 'ta@contoso.com'],
  ['a quoted name before', '"T, A" <ta@contoso.com>', 'ta@contoso.com'],
  ['an international domain', 'ta@münchen.de', 'ta@xn--mnchen-3ya.de'],
  ['a plus', 'ta+x@contoso.com', 'ta+x@contoso.com'],
  ['percent and apostrophe', "o'b%x@contoso.com", "o'b%x@contoso.com"],
  [
    'a guest',
    'gina_fabrikam.com#EXT#@contoso.onmicrosoft.com',
    'gina_fabrikam.com#EXT#@contoso.onmicrosoft.com',
  ],
  ['a quoted local part', '"time attendance"@contoso.com', '"time attendance"@contoso.com'],
  ['letters beyond ASCII', 'müller@contoso.com', 'müller@contoso.com'],
  ['capitals, as they are', 'Ta@Contoso.com', 'Ta@Contoso.com'],
  ['64 characters before the @', `${'a'.repeat(64)}@contoso.com`, `${'a'.repeat(64)}@contoso.com`],
])('takes %s', (_, text, kept) => {
  expect(Address.parse(text)).toBe(kept);
});

test.each([
  ['nothing', ''],
  ['no @', 'contoso.com'],
  ['two @', 'a@b@contoso.com'],
  ['no local part', '@contoso.com'],
  ['no dot in the domain', 'a@b'],
  ['65 characters before the @', `${'a'.repeat(65)}@contoso.com`],
  ['255 characters', `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(62)}.contoso`],
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
