import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { HttpRequest } from '../../../src/core/cloud/http.ts';
import { createHttp } from '../../../src/core/cloud/pipeline.ts';
import { environmentProxyPolicies } from '../../../src/core/cloud/proxy-policy.ts';
import { say } from '../../../src/core/words/say.ts';
import { identityOf } from '../../../src/practice/tls.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { errorFrom } from '../../support/error-from.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { json } from '../../support/fault-server.ts';
import { faultyHttp } from '../../support/faulty-http.ts';
import { selfSigned } from '../../support/self-signed.ts';

const request: HttpRequest = {
  method: 'POST',
  url: 'https://graph.microsoft.com/v1.0/applications',
  headers: { Authorization: 'Bearer hush' },
  body: '{}',
  replay: 'unsafe',
  doing: say`register the app`,
  signal: undefined,
};
const log = { info: () => {}, debug: () => {} };
const direct = () => createHttp({ clock: fakeClock(), log });

beforeEach(() => {
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY']) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toLowerCase(), undefined);
  }
  return () => vi.unstubAllEnvs();
});

test.each([
  ['user:pass', 'user:pass'],
  ['DOM%5Cjane:p%40ss%25w%3A', 'DOM\\jane:p@ss%w:'],
])(
  'goes through the proxy of the environment, which sees host and password %s but no token',
  async (written, meant) => {
    const refusal = 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n';
    const proxy = await connectProxy(refusal);
    vi.stubEnv('HTTPS_PROXY', `http://${written}@127.0.0.1:${proxy.port}`);
    const failure = await errorFrom(direct().send(request));
    expect(failure).toMatchObject({
      code: 'TA-PROXY',
      status: 407,
      doubt: false,
      message: `The proxy 127.0.0.1:${proxy.port} refused the connection to graph.microsoft.com (HTTP 407).`,
    });
    expect(String(failure)).not.toMatch(/pass|p@ss|p%40ss/);
    expect(proxy.asked).toHaveLength(1);
    expect(proxy.asked[0]?.target).toBe('graph.microsoft.com:443');
    expect(proxy.asked[0]?.headers['proxy-authorization']).toBe(`Basic ${btoa(meant)}`);
    expect(JSON.stringify(proxy.asked)).not.toContain('hush');
  },
);

test('a proxy that opens TLS with a certificate of its own gets nothing, and is not tried again', async () => {
  let requests = 0;
  const server = createServer(selfSigned('Corporate inspection'), () => {
    requests += 1;
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const proxy = await connectProxy({ tunnelTo: (server.address() as AddressInfo).port });
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
  expect(await errorFrom(direct().send({ ...request, replay: 'safe' }))).toMatchObject({
    code: 'TA-UNTRUSTED-CERTIFICATE',
    message: 'The certificate of graph.microsoft.com is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT).',
    doubt: false,
  });
  expect(requests).toBe(0);
  expect(proxy.asked).toHaveLength(1);
});

test('asks again through the tunnel that is there', async () => {
  const own = identityOf(['graph.microsoft.com'], Date.now());
  const server = createServer(own, (_, response) => response.end('{}'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const proxy = await connectProxy({ tunnelTo: (server.address() as AddressInfo).port });
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
  const [policy] = environmentProxyPolicies(10_000);
  const client = createDefaultHttpClient();
  for (const _time of ['first', 'second']) {
    const requestOverrides = { ca: own.authority };
    const asked = createPipelineRequest({ url: 'https://graph.microsoft.com/', requestOverrides });
    await policy?.sendRequest(asked, (request) => client.sendRequest(request));
    // Node's agents see to it themselves, but this one opens its sockets without them: no part of a request waits for an answer to the last.
    expect(asked.agent).toMatchObject({ connectOpts: { noDelay: true } });
  }
  expect(proxy.asked).toHaveLength(1);
});

test('a proxy that hangs up has passed nothing on', async () => {
  const proxy = await connectProxy('');
  vi.stubEnv('ALL_PROXY', `http://127.0.0.1:${proxy.port}`);
  expect(await errorFrom(direct().send(request))).toMatchObject({ code: 'TA-PROXY', doubt: false });
  expect(proxy.asked).toHaveLength(5);
});

test.each([
  ['no proxy', 'is not the address of a proxy'],
  ['http://', 'is not the address of a proxy'],
  ['http://user:hush@:80', 'is not the address of a proxy'],
  ['user:hush@', 'is not the address of a proxy'],
  ['http://user:hu#sh@proxy.contoso.com:8080', 'is not the address of a proxy'],
  ['http://wpad.contoso.com/proxy.pac', 'is not the address of a proxy'],
  ['file:///proxy.pac', 'names a file proxy,'],
  ['socks5://user:hush@proxy.contoso.com:1080', 'names a socks5 proxy,'],
  ['SOCKS://proxy.contoso.com', 'names a SOCKS proxy,'],
  ['ftp://proxy.contoso.com', 'names a ftp proxy,'],
])('refuses %s by its kind, and shows nothing else of it', async (value, message) => {
  vi.stubEnv('HTTPS_PROXY', value);
  const failure = await errorFrom((async () => direct())());
  expect(failure).toMatchObject({ code: 'TA-BAD-PROXY' });
  expect(String(failure)).toMatch(new RegExp(`HTTPS_PROXY.*${message}`));
  expect(String(failure)).not.toMatch(/hush|hu#sh|contoso/);
});

test.each([
  ['HTTPS_PROXY', ''],
  ['https_proxy', 'user:pass@'],
  ['ALL_PROXY', ''],
  ['http_proxy', ''],
])('takes host:port in %s for an HTTP proxy', async (variable, user) => {
  const proxy = await connectProxy('HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n');
  vi.stubEnv(variable, `${user}localhost:${proxy.port}`);
  expect(await errorFrom(direct().send(request))).toMatchObject({ code: 'TA-PROXY', status: 503 });
  expect(proxy.asked[0]?.target).toBe('graph.microsoft.com:443');
  const sent = proxy.asked[0]?.headers['proxy-authorization'];
  expect(sent).toBe(user === '' ? undefined : `Basic ${btoa('user:pass')}`);
});

test.each([403, 404, 500, 502])(
  'a proxy that answers %i speaks for itself, not for Microsoft',
  async (status) => {
    const proxy = await connectProxy(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
    const failure = await errorFrom(direct().send({ ...request, replay: 'safe' }));
    expect(failure).toMatchObject({ code: 'TA-PROXY', status, doubt: false });
    expect(String(failure)).toContain(`The proxy 127.0.0.1:${proxy.port} refused`);
  },
);

test('a proxy that is not there is named, and not the host behind it', async () => {
  const proxy = await connectProxy('');
  vi.stubEnv('HTTPS_PROXY', `http://user:hush@127.0.0.1:${proxy.port}`);
  await proxy.close();
  const failure = await errorFrom(direct().send(request));
  expect(failure).toMatchObject({
    code: 'TA-PROXY',
    message: `No connection to the proxy 127.0.0.1:${proxy.port} (ECONNREFUSED).`,
    doubt: false,
  });
});

test('a proxy that never answers is not waited for longer than any host', async () => {
  const proxy = await connectProxy({ silent: true });
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
  const http = createHttp({ clock: fakeClock(), log, connectMs: 20 });
  expect(await errorFrom(http.send(request))).toMatchObject({ code: 'TA-PROXY', doubt: false });
});

test('a proxy with a certificate of its own is named as the one that is not trusted', async () => {
  const server = createServer(selfSigned('Proxy'), () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('HTTPS_PROXY', `https://127.0.0.1:${port}`);
  const failure = await errorFrom(direct().send(request));
  expect(failure).toMatchObject({ code: 'TA-UNTRUSTED-CERTIFICATE' });
  expect(String(failure)).toContain(`certificate of 127.0.0.1:${port} is not trusted`);
});

test.each([
  'graph.microsoft.com',
  '.microsoft.com',
  '*.microsoft.com',
  'microsoft.com',
  'GRAPH.Microsoft.com:443',
  'localhost 127.0.0.1 graph.microsoft.com',
])('NO_PROXY=%s keeps Graph off the proxy', async (value) => {
  vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:9');
  vi.stubEnv('no_proxy', value);
  const [policy] = environmentProxyPolicies(10_000);
  const agentFor = async (host: string) => {
    const asked = createPipelineRequest({ url: `https://${host}/v1.0` });
    await policy?.sendRequest(asked, async () => ({
      status: 200,
      headers: createHttpHeaders(),
      request: asked,
    }));
    return asked.agent;
  };
  expect(await agentFor('graph.microsoft.com')).toBeUndefined();
  expect(await agentFor('login.microsoftonline.com')).toBeDefined();
});

test('NO_PROXY=* means no proxy', () => {
  vi.stubEnv('HTTPS_PROXY', 'no proxy');
  vi.stubEnv('NO_PROXY', 'localhost, *');
  expect(direct).not.toThrow();
});

test('what is connected to this machine goes through no proxy', async () => {
  const proxy = await connectProxy('');
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
  vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${proxy.port}`);
  const { http } = await faultyHttp([json(200)]);
  expect(await http.send(request)).toMatchObject({ status: 200 });
  expect(proxy.asked).toEqual([]);
});
