import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { openVault, vaultHostOf } from '../../../src/core/escrow/vault.ts';
import { Secret } from '../../../src/core/secret.ts';

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

const error = (code: string, inner?: string) => ({
  error: { code, message: 'x', ...(inner && { innererror: { code: inner } }) },
});

/** Another shape, or another reason, may come from anything: it is no sign that the secret is gone. */
test.each([
  [200, { value: 'x', id: '..' }, { code: 'TA-ODD-ANSWER', doubt: true }],
  [200, null, { code: 'TA-ODD-ANSWER', doubt: true }],
  [404, error('NotFound'), { code: 'NotFound', status: 404 }],
  [409, error('Conflict'), { code: 'Conflict', status: 409 }],
  [403, error('Forbidden', 'ForbiddenByRbac'), { code: 'ForbiddenByRbac', status: 403 }],
  [404, error('SecretNotFound'), undefined],
  [409, error('Conflict', 'ObjectIsBeingDeleted'), undefined],
] as const)('what the vault answers to a deletion: %i %j', async (status, body, expected) => {
  const send = async () => ({
    ...{ status, body, text: '', requestId: undefined, retryAfterMs: undefined },
    ...{ header: () => undefined, withoutEchoes: (words: string) => words },
  });
  const token = new Secret('t');
  const vault = openVault({ host: 'contoso.vault.azure.net', http: { send }, token, signal: undefined });
  if (expected) await expect(vault.delete('ta')).rejects.toMatchObject(expected);
  else expect(await vault.delete('ta')).toBeUndefined();
});
