import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EntraId, normaliseTenant, TenantName } from '../../../src/core/customer/tenant-name.ts';

const guid = '1b4e28ba-2fa1-4d2c-883f-0016d3cca427';

function problemOf(text: unknown): string | undefined {
  return TenantName.safeParse(text).error?.issues[0]?.message;
}

// Most texts that are taken, changed or refused are rows of test/reliability/bad-values.ts.
test.each([
  ['capitals in a domain', 'Contoso.COM', 'contoso.com'],
  ['an international top-level domain', '例え.テスト', 'xn--r8jz45g.xn--zckzah'],
])('takes %s and keeps the usual spelling', (_, text, kept) => {
  expect(TenantName.parse(text)).toBe(kept);
});

const domain = 'a domain such as contoso.com, or the tenant id (a GUID that is not all zeros)';
test.each([
  ['nothing', '', domain],
  [
    'common',
    'common',
    "the customer's own tenant; common, organizations and consumers name no single tenant",
  ],
  [
    'the tenant of personal accounts',
    '9188040d-6c67-4c5b-b112-36a304b66dad',
    'a company tenant; this id stands for personal Microsoft accounts',
  ],
  ['a query', 'a.b/c?d#e', domain],
  ['an address in numbers', '10.0.0.1', domain],
  ['a NUL', 'contoso\0.com', domain],
  ['an override', 'con\u202etoso.com', domain],
  ['a port', 'contoso.com:443', domain],
  ['two dots', 'contoso..com', domain],
  ['a number', 7, 'a domain such as contoso.com, or the tenant id'],
])('refuses %s', (_, text, message) => {
  expect(problemOf(text)).toBe(message);
});

test('has one spelling for a tenant: to normalise twice changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.domain(), fc.uuid(), fc.string({ unit: 'binary' })), (text) => {
      const once = TenantName.safeParse(text);
      fc.pre(once.success);
      expect(normaliseTenant(once.data ?? '')).toBe(once.data);
    }),
  );
});

test('passes no sign that means something in a URL', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a-.:/@?#%{}\\ \n~é0') }), (text) => {
      const read = TenantName.safeParse(text);
      if (read.success) expect(read.data).toMatch(/^[a-z0-9.-]+$/);
    }),
  );
});

test('takes GUIDs alone for ids', () => {
  expect(EntraId.parse(`{${guid.toUpperCase()}}`)).toBe(guid);
  for (const text of ['contoso.com', '', guid.slice(1), '00000000-0000-0000-0000-000000000000']) {
    expect(EntraId.safeParse(text).success, text).toBe(false);
  }
});
