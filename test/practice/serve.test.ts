import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../src/practice/serve.ts';
import { createPracticeTenant, playedHosts } from '../../src/practice/tenant.ts';
import { loopbackFetch } from '../support/loopback-fetch.ts';

async function started() {
  const served = await serve(createPracticeTenant());
  onTestFinished(() => served.close());
  return served;
}

test('one port tells the hosts apart by the Host header', async () => {
  const { port, origin, connections } = await started();
  expect(playedHosts.filter((host) => !connections.has(host))).toEqual([]);
  const hosts = playedHosts.filter((host) => !host.startsWith('.'));
  expect(origin).toBe(`http://127.0.0.1:${port}`);
  const send = loopbackFetch(port);
  const statuses = await Promise.all(hosts.map(async (host) => (await send(`https://${host}/`)).status));
  expect(Object.fromEntries(hosts.map((host, at) => [host, statuses[at]]))).toEqual({
    'login.microsoftonline.com': 501,
    'graph.microsoft.com': 401,
    'outlook.office.com': 404,
    'management.azure.com': 401,
  });
  // A tenant of the worldwide cloud is in no other.
  expect((await send('https://graph.microsoft.us/')).status).toBe(421);
  for (const host of [
    'evil.example',
    'contoso.vault.azure.net',
    'a.b.vault.azure.net',
    'contoso.vault.azure.cn',
  ])
    expect((await send(`https://${host}/`)).status, host).toBe(421);
  expect((await fetch(`${origin}/`)).status).toBe(200);
});

test('other machines cannot reach it', async () => {
  const { port } = await started();
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  for (const host of [...addresses, '127.0.0.2']) expect(await canConnect(host, port)).toBe(false);
  expect(await canConnect('127.0.0.1', port)).toBe(true);
});

test('closing ends connections that are still open', async () => {
  const served = await serve(createPracticeTenant());
  const socket = connect(served.port, '127.0.0.1');
  const ended = new Promise((resolve) => socket.once('close', () => resolve('closed')));
  await new Promise((resolve) => socket.once('connect', resolve));
  await served.close();
  expect(await ended).toBe('closed');
  expect(await canConnect('127.0.0.1', served.port)).toBe(false);
});

test('a port that is taken is an error', async () => {
  const { port } = await started();
  await expect(serve(createPracticeTenant(), { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
