import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { HttpRequest } from '../../../src/core/cloud/http.ts';
import { createHttp } from '../../../src/core/cloud/pipeline.ts';
import { say } from '../../../src/core/words/say.ts';
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

test('goes through the proxy of the environment, which sees host and password but no token', async () => {
  const refusal = 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n';
  const proxy = await connectProxy(refusal);
  vi.stubEnv('HTTPS_PROXY', `http://user:pass@127.0.0.1:${proxy.port}`);
  const failure = await errorFrom(direct().send(request));
  expect(failure).toMatchObject({ code: 'TA-SOMETHING-BETWEEN', status: 407, doubt: false });
  expect(proxy.asked).toHaveLength(1);
  expect(proxy.asked[0]?.target).toBe('graph.microsoft.com:443');
  expect(proxy.asked[0]?.headers['proxy-authorization']).toBe(`Basic ${btoa('user:pass')}`);
  expect(JSON.stringify(proxy.asked)).not.toContain('hush');
});

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

test('a proxy that hangs up has passed nothing on', async () => {
  const proxy = await connectProxy('');
  vi.stubEnv('ALL_PROXY', `http://127.0.0.1:${proxy.port}`);
  expect(await errorFrom(direct().send(request))).toMatchObject({ code: 'TA-NO-CONNECTION', doubt: false });
  expect(proxy.asked).toHaveLength(5);
});

test.each(['no proxy', 'http://', 'http://user:hush@:80'])(
  'says that %j is no address of a proxy',
  (value) => {
    vi.stubEnv('HTTPS_PROXY', value);
    expect(direct).toThrow(
      expect.objectContaining({ code: 'TA-BAD-PROXY', message: expect.not.stringContaining('hush') }),
    );
  },
);

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
