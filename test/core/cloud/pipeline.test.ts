import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { HttpRequest } from '../../../src/core/cloud/http.ts';
import { say } from '../../../src/core/words/say.ts';
import { errorFrom } from '../../support/error-from.ts';
import {
  html,
  json,
  resetAfter,
  resetBefore,
  type Turn,
  text,
  truncated,
} from '../../support/fault-server.ts';
import { faultyHttp } from '../../support/faulty-http.ts';

const ok = json(200, { done: true });
const safe: HttpRequest = {
  method: 'PATCH',
  url: "https://graph.microsoft.com/v1.0/applications(uniqueName='ta')",
  headers: { 'Content-Type': 'application/json' },
  body: '{"displayName":"T&A"}',
  replay: 'safe',
  doing: say`register the app`,
  signal: undefined,
};
const unsafe: HttpRequest = {
  ...safe,
  method: 'POST',
  url: 'https://graph.microsoft.com/v1.0/applications',
  replay: 'unsafe',
};

/** A fault that passes: what a safe and an unsafe request see, and the waits in between (ms). */
type Row = [name: string, fault: Turn, waits: number[], unsafeSees: number | string, doubt: boolean];

const date = { Date: 'Mon, 23 Nov 2026 09:00:00 GMT' };
const rows: Row[] = [
  ['N01 429 with seconds', json(429, {}, { 'Retry-After': '2.5' }), [2_500], 200, false],
  [
    'N02 429 with a date',
    json(429, {}, { ...date, 'Retry-After': 'Mon, 23 Nov 2026 09:00:07 GMT' }),
    [7_000],
    200,
    false,
  ],
  ['N03 429 without a time', json(429), [1_000], 200, false],
  ['N04 429 with -5', json(429, {}, { 'Retry-After': '-5' }), [1_000], 200, false],
  ['N04 429 with soon', json(429, {}, { 'Retry-After': 'soon' }), [1_000], 200, false],
  ['N04 429 with a quarter of an hour', json(429, {}, { 'Retry-After': '900' }), [900_000], 200, false],
  ['N06 500', json(500), [1_000], 500, false],
  ['N07 502', json(502), [1_000], 502, false],
  ['N07 502 as HTML', html(502), [1_000], 'TA-ERROR-PAGE', true],
  ['N08 503 with seconds', json(503, {}, { 'Retry-After': '4' }), [4_000], 503, false],
  ['N08 503', json(503), [1_000], 503, false],
  ['N09 504', json(504), [1_000], 504, false],
  ['N10 reset before the body is read', resetBefore, [1_000], 'TA-NO-ANSWER', true],
  ['N11 reset after the request arrived', resetAfter, [1_000], 'TA-NO-ANSWER', true],
  ['N14 answer cut short', truncated, [1_000], 'TA-NO-ANSWER', true],
  [
    'N15 JSON that is none',
    text(200, '{"id":', { 'Content-Type': 'application/json' }),
    [1_000],
    'TA-ODD-ANSWER',
    true,
  ],
];

test.each(rows)('%s: a safe request is asked again and succeeds', async (_name, fault, waits) => {
  const { http, server, clock } = await faultyHttp([fault, ok]);
  const response = await http.send(safe);
  expect(response).toMatchObject({ status: 200, text: '{"done":true}' });
  expect(server.requests).toHaveLength(2);
  expect(clock.waits).toEqual(waits);
});

test.each(rows)(
  '%s: an unsafe request is asked again only if nothing was done',
  async (_name, fault, _waits, sees, doubt) => {
    const { http, server } = await faultyHttp([fault, ok]);
    const outcome = await http.send(unsafe).then(
      ({ status }) => status,
      (failure) => {
        expect(failure).toMatchObject({ doubt, doing: 'register the app' });
        return failure.code;
      },
    );
    expect(outcome).toBe(sees);
    expect(server.requests).toHaveLength(sees === 200 ? 2 : 1);
  },
);

test('N05 a 202 with Retry-After is done', async () => {
  const { http, server, clock } = await faultyHttp([text(202, '', { 'Retry-After': '30' })]);
  expect((await http.send(unsafe)).status).toBe(202);
  expect(server.requests).toHaveLength(1);
  expect(clock.waits).toEqual([]);
});

test.each([
  ['200 of a guest network', html(200), true],
  ['403 of a proxy', html(403), false],
  ['407 of a proxy', text(407, '', { 'Proxy-Authenticate': 'Basic' }), false],
  ['511 of a guest network', html(511), false],
  ['a redirect', text(302, '', { Location: 'https://evil.example/' }), false],
  ['HTML that says it is JSON', text(200, '<html>', { 'Content-Type': 'application/json' }), true],
  ['plain text', text(200, 'OK', { 'Content-Type': 'text/plain' }), true],
])('N16 %s is no answer of Microsoft, and no success', async (_name, turn, doubt) => {
  const { http, server } = await faultyHttp([turn]);
  for (const request of [safe, unsafe]) {
    const failure = await errorFrom(http.send(request));
    expect(failure).toMatchObject({ code: 'TA-SOMETHING-BETWEEN', doubt });
  }
  expect(server.requests).toHaveLength(2);
});

test.each([401, 403, 404, 409])('N17-N19 %i comes back as an answer at once', async (status) => {
  const { http, server } = await faultyHttp([
    json(status, { error: { code: 'x' } }, { 'request-id': 'r-1' }),
  ]);
  const response = await http.send(safe);
  expect(response).toMatchObject({ status, text: '{"error":{"code":"x"}}' });
  expect(response.header('Request-ID')).toBe('r-1');
  expect(server.requests).toHaveLength(1);
});

test('N24 without a connection both kinds are asked again, and the Failure leaves no doubt', async () => {
  const { http, server, clock } = await faultyHttp([ok]);
  await server.close();
  for (const request of [safe, unsafe]) {
    const failure = await errorFrom(http.send(request));
    expect(failure).toMatchObject({
      code: 'TA-NO-CONNECTION',
      message: `No connection to graph.microsoft.com (ECONNREFUSED). ${server.origin} stands for it.`,
      // A firewall is not in the way to this computer.
      advice: { who: 'you' },
      doubt: false,
    });
  }
  expect(clock.waits).toHaveLength(8);
});

test('a lost answer is told with its reason', async () => {
  const { http } = await faultyHttp([resetAfter]);
  const message = 'No answer from graph.microsoft.com (ECONNRESET).';
  expect(await errorFrom(http.send(unsafe))).toMatchObject({ message });
});

test('gives up after five tries and returns the last answer', async () => {
  const { http, server } = await faultyHttp([json(503, { error: { code: 'busy' } })]);
  expect(await http.send(safe)).toMatchObject({ status: 503 });
  expect(server.requests).toHaveLength(5);
});

test('stays within the time budget, which told waits do not use up', async () => {
  const own = await faultyHttp([json(503)]);
  await own.http.send({ ...safe, patienceMs: 5_000 });
  expect(own.clock.waits).toEqual([1_000, 2_500]);

  const told = await faultyHttp([
    json(429, {}, { 'Retry-After': '400' }),
    json(429, {}, { 'Retry-After': '600' }),
  ]);
  expect(await told.http.send({ ...safe, patienceMs: 2_500 })).toMatchObject({ status: 429 });
  expect(told.clock.waits).toEqual([400_000]);
});

test('tells each wait and its reason', async () => {
  const waits: unknown[] = [];
  const { http } = await faultyHttp([json(503), json(429, {}, { 'Retry-After': '3' }), ok], {
    onWait: (wait) => waits.push(wait),
  });
  await http.send(safe);
  expect(waits).toEqual([
    { doing: 'register the app', ms: 1_000, reason: 'the service answered 503' },
    { doing: 'register the app', ms: 3_000, reason: 'Microsoft asks to slow down' },
  ]);
});

test('sends to the connected server with the real host name, a new client-request-id each time, and no proxy', async () => {
  const { http, server } = await faultyHttp([json(500), ok]);
  await http.send(safe);
  const [first, second] = server.requests;
  expect(first?.headers.host).toBe('graph.microsoft.com');
  expect(first?.url).toBe("/v1.0/applications(uniqueName='ta')");
  expect(first?.body).toBe(safe.body);
  expect(first?.headers['client-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(second?.headers['client-request-id']).not.toBe(first?.headers['client-request-id']);
});

test('sends bytes as they are, and reads a compressed answer', async () => {
  const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
  const { http, server } = await faultyHttp([text(200, gzipSync('{"a":"ü"}'), headers)]);
  const body = Buffer.from('chunk', 'utf8').subarray(1);
  const url = 'https://outlook.office.com/api/v2.0/x?authtoken=y';
  const response = await http.send({ ...safe, method: 'PUT', url, body: new Uint8Array(body) });
  expect(response.text).toBe('{"a":"ü"}');
  expect(server.requests[0]).toMatchObject({ body: 'hunk', headers: { 'content-length': '4' } });
});

test('refuses to send while certificate checks are off, unless the host is on this machine', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { http, server } = await faultyHttp([ok]);
  expect(await http.send(safe)).toMatchObject({ status: 200 });
  const unconnected = await faultyHttp([ok], { connections: new Map() });
  expect(await errorFrom(unconnected.http.send(safe))).toMatchObject({
    code: 'TA-CERTIFICATE-CHECK-OFF',
    message: expect.stringContaining('graph.microsoft.com'),
  });
  expect([server, unconnected.server].map(({ requests }) => requests.length)).toEqual([1, 0]);
});
