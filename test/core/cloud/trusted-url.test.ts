import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { createHttp } from '../../../src/core/cloud/pipeline.ts';
import { hostsOf, isVaultHost, knownHosts, trustedUrl } from '../../../src/core/cloud/trusted-url.ts';
import { say } from '../../../src/core/words/say.ts';
import { hostileUrls } from '../../support/hostile-urls.ts';

test.each(hostileUrls)('refuses %j', (text) => {
  expect(() => trustedUrl(say`Graph API Endpoint`, text, knownHosts)).toThrow(
    expect.objectContaining({
      code: 'TA-UNTRUSTED-HOST',
      message: expect.stringContaining('Graph API Endpoint'),
    }),
  );
});

test.each([
  'https://graph.microsoft.com/v1.0',
  'https://graph.microsoft.com',
  'https://graph.microsoft.com:443/v1.0/users?$select=id',
  'https://GRAPH.microsoft.com/v1.0',
  'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token',
  "https://outlook.office.com/api/v2.0/Users('a@b')/Messages('AAMk=')/AttachmentSessions('x')?authtoken=eyJ",
])('accepts %s', (text) => {
  expect(trustedUrl(say`address`, text, knownHosts).protocol).toBe('https:');
});

test('a host of another cloud is foreign to this one', () => {
  expect(trustedUrl(say`address`, 'https://graph.microsoft.us/v1.0', hostsOf(clouds.usgov)).host).toBe(
    'graph.microsoft.us',
  );
  expect(() => trustedUrl(say`address`, 'https://graph.microsoft.us/v1.0', hostsOf(clouds.global))).toThrow(
    'graph.microsoft.us',
  );
  expect(() => trustedUrl(say`address`, 'https://graph.microsoft.com/v1.0', hostsOf(clouds.china))).toThrow();
});

test('the message shows the host and never the rest of the address', () => {
  const act = () =>
    trustedUrl(say`Token Endpoint`, 'https://user:pass@evil.example/a?secret=hush', knownHosts);
  expect(act).toThrow('evil.example');
  expect(act).not.toThrow(/hush|pass|user/);
});

test.each(['mailto:ta@contoso.com', 'data:,x', 'no address', ''])(
  'of %j, which has no host, it says so',
  (text) => {
    expect(() => trustedUrl(say`Token Endpoint`, text, knownHosts)).toThrow('no valid host');
  },
);

test.each([
  ['contoso.vault.azure.net', 'global', true],
  ['contoso.vault.usgovcloudapi.net', 'usgovdod', true],
  ['contoso.vault.azure.cn', 'china', true],
  ['contoso.vault.azure.cn', 'global', false],
  ['vault.azure.net', 'global', false],
  ['a.b.vault.azure.net', 'global', false],
  ['contosovault.azure.net', 'global', false],
  ['-contoso.vault.azure.net', 'global', false],
  ['contoso.vault.azure.net.evil.example', 'global', false],
] as const)('whether %s is the host of a Key Vault in %s: %s', (host, cloud, is) => {
  expect(isVaultHost(host, clouds[cloud])).toBe(is);
});

test('a vault is asked only by who names it', async () => {
  const log = { info: () => undefined, debug: () => undefined };
  const http = createHttp({ clock: { now: () => 0, sleep: async () => undefined }, log });
  const url = 'https://contoso.vault.azure.net/secrets/x';
  const asked = { method: 'GET', url, replay: 'safe', doing: say`look`, signal: undefined } as const;
  for (const vaultHost of [undefined, 'other.vault.azure.net', 'evil.example'])
    await expect(http.send({ ...asked, ...(vaultHost && { vaultHost }) })).rejects.toMatchObject({
      code: 'TA-UNTRUSTED-HOST',
    });
});
