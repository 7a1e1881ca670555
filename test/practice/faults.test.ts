import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import {
  createFaultScript,
  type Delay,
  type FaultAnswer,
  type FaultRule,
} from '../../src/practice/faults.ts';
import { serve } from '../../src/practice/serve.ts';
import { createPracticeTenant } from '../../src/practice/tenant.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { cliTools } from '../support/login-client.ts';
import { loopbackFetch } from '../support/loopback-fetch.ts';

const busy: FaultAnswer = { kind: 'status', status: 503 };
const deviceCodeUrl = 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/devicecode';

/** Which of these requests fail, by their place. */
function failing(rules: FaultRule[], requests: { method: string; url: string }[]): number[] {
  const script = createFaultScript(rules);
  return requests.flatMap((request, at) => (script.next(request) ? [at + 1] : []));
}

const gets = (count: number, path = '/v1.0/me') =>
  Array.from({ length: count }, () => ({ method: 'GET', url: `https://graph.microsoft.com${path}` }));

test('a rule fails the requests it counts', () => {
  expect(failing([{ answer: busy }], gets(3))).toEqual([1, 2, 3]);
  expect(failing([{ answer: busy, nth: 2 }], gets(4))).toEqual([2]);
  expect(failing([{ answer: busy, nth: [1, 3] }], gets(4))).toEqual([1, 3]);
  expect(failing([{ answer: busy, nth: { first: 1, each: 3 } }], gets(7))).toEqual([1, 3, 6]);
});

test('a rule meets only its method, host and path', () => {
  const requests = [
    { method: 'GET', url: 'https://graph.microsoft.com/v1.0/me' },
    { method: 'POST', url: 'https://graph.microsoft.com/v1.0/applications' },
    { method: 'POST', url: 'https://graph.microsoft.com/v1.0/applications(appId=%27x%27)/addPassword' },
    { method: 'POST', url: 'https://login.microsoftonline.com/common/oauth2/v2.0/token' },
  ];
  expect(failing([{ answer: busy, method: 'POST' }], requests)).toEqual([2, 3, 4]);
  expect(failing([{ answer: busy, host: 'graph.microsoft.com' }], requests)).toEqual([1, 2, 3]);
  expect(failing([{ answer: busy, path: '/v1.0/applications' }], requests)).toEqual([2, 3]);
  expect(failing([{ answer: busy, path: /\(appId='x'\)/ }], requests)).toEqual([3]);
});

test('a rule per route counts each route by itself, whatever ids are in it', () => {
  const requests = [
    ...gets(1, '/v1.0/users/11111111-1111-4111-a111-111111111111/messages'),
    ...gets(1, '/v1.0/users/22222222-2222-4222-a222-222222222222/messages'),
    ...gets(1, '/v1.0/me'),
  ];
  expect(failing([{ answer: busy, nth: 1, perRoute: true }], requests)).toEqual([1, 3]);
});

test('a script replayed fails the same requests', () => {
  const nth = fc.oneof(
    fc.integer({ min: 1, max: 9 }),
    fc.array(fc.integer({ min: 1, max: 9 })),
    fc.record({ each: fc.integer({ min: 1, max: 5 }) }),
  );
  const rules = fc.array(fc.record({ nth, path: fc.constantFrom('/v1.0/me', '/v1.0/users') }));
  const paths = fc.array(fc.constantFrom('/v1.0/me', '/v1.0/users', '/v1.0/organization'));
  fc.assert(
    fc.property(rules, paths, (some, asked) => {
      const script = some.map((rule): FaultRule => ({ ...rule, answer: busy }));
      const requests = asked.flatMap((path) => gets(1, path));
      const failed = failing(script, requests);
      expect(failing(script, requests)).toEqual(failed);
      expect(failed.every((place) => asked[place - 1] !== '/v1.0/organization')).toBe(true);
    }),
  );
});

/** A tenant whose device code endpoint has this fault, asked over a socket and in process. */
async function faultyTenant(answer: FaultAnswer) {
  const tenant = createPracticeTenant({ faults: [{ path: '/contoso.com/', answer }] });
  const served = await serve(tenant);
  onTestFinished(() => served.close());
  const body = `client_id=${cliTools}&scope=User.Read`;
  return {
    codes: tenant.state.deviceCodes,
    entry: () => tenant.state.requests.at(-1),
    overSocket: () => loopbackFetch(served.port)(deviceCodeUrl, { method: 'POST', body }),
    inProcess: () => tenant.fetch(new Request(deviceCodeUrl, { method: 'POST', body })),
  };
}

test('a status comes with its headers and body, and nothing is applied', async () => {
  const headers = { 'Retry-After': '2.128' };
  const body = { error: { code: 'TooManyRequests' } };
  const { overSocket, codes } = await faultyTenant({ kind: 'status', status: 429, headers, body });
  const answer = await overSocket();
  expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
    429,
    '2.128',
    body,
  ]);
  expect(codes).toEqual([]);
});

test('a proxy page comes with 200', async () => {
  const { overSocket, codes } = await faultyTenant({ kind: 'html' });
  const answer = await overSocket();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await answer.text()).toContain('<form');
  expect(codes).toEqual([]);
});

test.for([
  ['reset-before', 0],
  ['reset-after', 1],
] as const)('%s breaks the connection with %i device code made', async ([kind, made]) => {
  const { overSocket, inProcess, codes, entry } = await faultyTenant({ kind });
  await expect(overSocket()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(codes).toHaveLength(made);
  expect(entry()?.status).toBe(0);
  await expect(inProcess()).rejects.toThrow('fetch failed');
  expect(codes).toHaveLength(2 * made);
});

test.for<[string, Delay, number]>([
  ['two requests', { requests: 2 }, 0],
  ['five seconds', { ms: 5000 }, 2500],
])('a request that is applied after %s has its body still', async ([_what, after, pauseMs]) => {
  const clock = fakeClock();
  const faults: FaultRule[] = [{ method: 'POST', answer: { kind: 'reset-late', after } }];
  const tenant = createPracticeTenant({ faults, clock });
  const served = await serve(tenant);
  onTestFinished(() => served.close());
  const fetch = loopbackFetch(served.port);
  const body = `client_id=${cliTools}&scope=User.Read`;
  await expect(fetch(deviceCodeUrl, { method: 'POST', body })).rejects.toMatchObject({ code: 'ECONNRESET' });
  const codes = [];
  for (const _look of [1, 2, 3]) {
    clock.advance(pauseMs);
    await fetch('https://graph.microsoft.com/v1.0/me');
    codes.push(tenant.state.deviceCodes.flatMap(({ scopes }) => scopes));
  }
  expect(codes).toEqual([[], ['User.Read'], ['User.Read']]);
});

test('a truncated answer breaks off half way, and the request was applied', async () => {
  const { overSocket, inProcess, codes } = await faultyTenant({ kind: 'truncate' });
  await expect(overSocket()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(codes).toHaveLength(1);
  await expect((await inProcess()).text()).rejects.toThrow('terminated');
});

test('emptying the rules ends every fault', async () => {
  const tenant = createPracticeTenant({ faults: [{ answer: busy }] });
  const ask = async () => (await tenant.fetch(new Request('http://127.0.0.1/'))).status;
  expect(await ask()).toBe(503);
  tenant.state.faults.rules = [];
  expect(await ask()).toBe(200);
});
