import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { vaultHostOf } from '../../../src/core/escrow/vault.ts';

test.each([
  'https://contoso.vault.azure.net/',
  'https://contoso.vault.azure.net',
  'https://contoso.vault.azure.net:443/',
])('takes %s for the address of a vault', (vaultUri) => {
  expect(vaultHostOf(vaultUri, clouds.global)).toBe('contoso.vault.azure.net');
});

test.each([
  '',
  'contoso.vault.azure.net',
  'https://vault.azure.net/',
  'https://contoso.vault.azure.net\\@evil.example/',
  'https://evil.example/',
  'https://evil.example/.vault.azure.net/',
  'https://contoso.vault.azure.net.evil.example/',
  'https://user@contoso.vault.azure.net/',
  'https://contoso.vault.azure.net:8443/',
  'http://contoso.vault.azure.net/',
  'https://a.b.vault.azure.net/',
  'https://contoso.vault.usgovcloudapi.net/',
])('takes %j for none', (vaultUri) => {
  expect(() => vaultHostOf(vaultUri, clouds.global)).toThrow(
    expect.objectContaining({ code: 'TA-UNTRUSTED-HOST' }),
  );
});
