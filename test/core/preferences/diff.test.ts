import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { diffPreferences } from '../../../src/core/preferences/compare.ts';
import { Secret } from '../../../src/core/secret.ts';
import { blankRecord } from '../../support/blank-record.ts';
import { preferencesWith } from '../../support/preferences.ts';

const tenant = '1b4e28ba-2fa1-4d2c-883f-0016d3cca427';
const customer = Customer.parse({
  version: 1,
  name: 'Contoso Ltd',
  tenant,
  mail: { fromName: 'Contoso Time & Attendance', fromAddress: 'ta@contoso.com' },
});

test('finds nothing where all is as wanted', () => {
  expect(diffPreferences(preferencesWith(), customer, undefined)).toEqual([]);
  expect(diffPreferences(preferencesWith(), undefined, undefined)).toEqual([]);
  const fromEmailAddress = 'TA@Contoso.com';
  expect(diffPreferences(preferencesWith({ fromEmailAddress }), customer, undefined)).toEqual([]);
});

test("names each field in T&A's words, with what is wanted", () => {
  const found = preferencesWith({
    tenantId: '9b4e28ba-2fa1-4d2c-883f-0016d3cca427',
    fromName: 'Other',
    fromEmailAddress: 'other@contoso.com',
  });
  expect(diffPreferences(found, customer, undefined)).toEqual([
    { label: 'Tenant ID', expected: tenant, found: '9b4e28ba-2fa1-4d2c-883f-0016d3cca427' },
    { label: 'From name', expected: 'Contoso Time & Attendance', found: 'Other' },
    { label: 'From email address', expected: 'ta@contoso.com', found: 'other@contoso.com' },
  ]);
});

test('goes by the record where there is one, and shows no more of a secret than Entra does', () => {
  const record = {
    ...blankRecord(),
    tenant: { id: tenant, displayName: 'Contoso', domain: 'contoso.com' },
    application: {
      uniqueName: 'u',
      objectId: 'o',
      clientId: '7b4e28ba-2fa1-4d2c-883f-0016d3cca427',
      createdAt: '2026-11-24T10:00:00Z',
    },
    secret: { keyId: 'k', hint: 'abc', displayName: 'd', expiresAt: '2027-05-24T10:00:00Z' },
  };
  const found = preferencesWith({ clientSecret: new Secret('Xy8Q~canary-of-a-secret') });
  const differences = diffPreferences(found, { ...customer, tenant: 'contoso.com' }, record);
  expect(differences).toEqual([
    {
      label: 'Client ID',
      expected: '7b4e28ba-2fa1-4d2c-883f-0016d3cca427',
      found: '2b4e28ba-2fa1-4d2c-883f-0016d3cca427',
    },
    { label: 'Client Secret', expected: 'a value that begins with abc', found: 'one that begins with Xy8' },
  ]);
  expect(JSON.stringify(differences)).not.toContain('canary');
});

test('a tenant id in the customer file counts, whatever a record beside it says', () => {
  const record = { ...blankRecord(), tenant: { id: tenant, displayName: 'Contoso', domain: 'contoso.com' } };
  const other = '5f0b7c1e-3c33-4b55-9f3c-0d5a6f1f2a10';
  const found = preferencesWith({ tenantId: tenant });
  const [difference, ...more] = diffPreferences(found, { ...customer, tenant: other }, record);
  expect([difference?.label, difference?.expected, more]).toEqual(['Tenant ID', other, []]);
});

test("compares endpoints with the customer's cloud, and without a customer with the nearest", () => {
  const userEndpoint = '/users/{UserPrincipalNam}';
  const odd = {
    label: 'User Endpoint',
    expected: '/users/{UserPrincipalName}',
    found: userEndpoint,
    fault: '{UserPrincipalNam} is misspelt: write {UserPrincipalName}',
  };
  expect(diffPreferences(preferencesWith({}, { userEndpoint }), undefined, undefined)).toEqual([odd]);
  const china = diffPreferences(preferencesWith(), { ...customer, cloud: 'china' }, undefined);
  expect(china.map(({ label }) => label)).toEqual(['API Endpoints']);
});
