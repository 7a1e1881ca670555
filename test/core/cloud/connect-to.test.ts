import { expect, test } from 'vitest';
import { originFor, parseConnections } from '../../../src/core/cloud/connect-to.ts';

test.each([
  ['graph.microsoft.com=http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['graph.microsoft.com=http://localhost:1/', 'http://localhost:1'],
  ['Graph.Microsoft.com=HTTP://LocalHost:65535', 'http://localhost:65535'],
  ['graph.microsoft.com=http://[::1]:8080', 'http://[::1]:8080'],
])('reads %s', (flag, origin) => {
  expect([...parseConnections([flag])]).toEqual([['graph.microsoft.com', origin]]);
});

test('a name after a dot stands for each one right below it: a Key Vault has a host of its own', () => {
  const connections = parseConnections(['.vault.azure.net=http://127.0.0.1:1']);
  expect(originFor(connections, 'contoso.vault.azure.net')).toBe('http://127.0.0.1:1');
  for (const host of ['vault.azure.net', 'a.b.vault.azure.net', 'contoso.vault.azure.cn', 'localhost'])
    expect(originFor(connections, host)).toBeUndefined();
});

test('reads one connection for each host', () => {
  const flags = ['graph.microsoft.com=http://127.0.0.1:1', 'login.microsoftonline.com=http://127.0.0.1:2'];
  expect(parseConnections(flags).get('login.microsoftonline.com')).toBe('http://127.0.0.1:2');
});

test.each([
  '',
  'graph.microsoft.com',
  'graph.microsoft.com=',
  '=http://127.0.0.1:8080',
  'graph.microsoft.com=127.0.0.1:8080',
  'graph.microsoft.com=https://127.0.0.1:8080',
  'graph.microsoft.com=http://127.0.0.1',
  'graph.microsoft.com=http://127.0.0.1:0',
  'graph.microsoft.com=http://127.0.0.1:65536',
  'graph.microsoft.com=http://127.0.0.1:8080/path',
  'graph.microsoft.com=http://127.0.0.1:8080?x',
  'graph.microsoft.com=http://127.0.0.1:8080@evil.example',
  'graph.microsoft.com=http://user@127.0.0.1:8080',
  'graph.microsoft.com=http://127.0.0.1.nip.io:8080',
  'graph.microsoft.com=http://localhost.:8080',
  'graph.microsoft.com=http://127.1:8080',
  'graph.microsoft.com=http://0.0.0.0:8080',
  'graph.microsoft.com=http://192.168.1.1:8080',
  'graph.microsoft.com=http://evil.example:8080',
  'https://graph.microsoft.com=http://127.0.0.1:8080',
  'graph.microsoft.com:443=http://127.0.0.1:8080',
  '*.microsoft.com=http://127.0.0.1:8080',
  '..microsoft.com=http://127.0.0.1:8080',
  '127.0.0.1=http://127.0.0.1:8080',
  'localhost=http://127.0.0.1:8080',
])('refuses %j and says the form', (flag) => {
  expect(() => parseConnections([flag])).toThrow(
    expect.objectContaining({
      code: 'TA-BAD-INPUT',
      exitCode: 3,
      message: expect.stringContaining('HOST=http://127.0.0.1:PORT'),
    }),
  );
});
