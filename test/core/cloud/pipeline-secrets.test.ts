import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { HttpRequest } from '../../../src/core/cloud/http.ts';
import { say } from '../../../src/core/words/say.ts';
import { errorFrom } from '../../support/error-from.ts';
import {
  faultServer,
  html,
  json,
  resetAfter,
  silent,
  type Turn,
  text,
  truncated,
} from '../../support/fault-server.ts';
import { faultyHttp } from '../../support/faulty-http.ts';
import { hostileUrls } from '../../support/hostile-urls.ts';

const canary = 'CANARY~8Q~value';
const request: HttpRequest = {
  method: 'POST',
  url: `https://outlook.office.com/api/v2.0/Users('ta@contoso.com')/x?authtoken=${canary}`,
  headers: { Authorization: `Bearer ${canary}`, 'X-Other': canary },
  body: JSON.stringify({ secretText: canary }),
  replay: 'unsafe',
  doing: say`send a part`,
  signal: undefined,
  timeoutMs: 200,
};

const turns: [string, Turn][] = [
  ['an answer that holds one', json(200, { secretText: canary }, { 'request-id': 'r-1', 'x-other': canary })],
  ['an error that holds one', json(500, { error: { message: canary } })],
  ['a page that holds one', text(200, `<p>${canary}</p>`, { 'Content-Type': 'text/html' })],
  ['half an answer', truncated],
  ['a broken text', text(200, `{"secretText":"${canary}`, { 'Content-Type': 'application/json' })],
  ['a lost answer', resetAfter],
  ['silence', silent],
  ['a foreign page', html(407)],
];

test.each(turns)('neither log nor Failure shows a secret after %s', async (_name, turn) => {
  const { http, lines } = await faultyHttp([turn]);
  const outcome: unknown = await http.send(request).then(
    () => 'an answer',
    (failure) => failure,
  );
  const shown = [...lines, inspect(outcome, { depth: 9, showHidden: true }), JSON.stringify(outcome)].join(
    '\n',
  );
  expect(shown).not.toContain(canary);
  expect(shown).not.toContain('contoso.com');
  expect(lines[0]).toMatch(/^POST outlook\.office\.com\/api\/v2\.0\/Users\(\*\*\*\)\/\*\*\* /);
});

test('a log line shows what support needs', async () => {
  const { http, lines } = await faultyHttp([
    json(429, {}, { 'Retry-After': '2', 'x-ms-request-id': 'r-2' }),
    json(200),
  ]);
  await http.send({ ...request, url: 'https://graph.microsoft.com/v1.0/applications?$select=id' });
  expect(lines[0]).toMatch(
    /^POST graph\.microsoft\.com\/v1\.0\/applications\?\$select=id 429 \d+ ms request-id r-2 retry-after 2$/,
  );
  expect(lines[1]).toBe('send a part: Microsoft asks to slow down, to be tried again after 2000 ms');
});

test('a header cannot write to a terminal through the log', async () => {
  const { http, lines } = await faultyHttp([json(200, {}, { 'request-id': 'r\u009b31m\u0085x' })]);
  await http.send(request);
  expect(lines.join('')).not.toMatch(/\p{Cc}/u);
});

test('not one byte goes to a host that only looks like Microsoft', async () => {
  const canaryServer = await faultServer(json(200));
  onTestFinished(() => canaryServer.close());
  // Wherever a URL parser finds a host, it leads to the canary: only the gate keeps the request back.
  const hosts = hostileUrls.filter((url) => URL.canParse(url)).map((url) => new URL(url).hostname);
  const connections = new Map(hosts.map((host) => [host, canaryServer.origin]));
  const { http } = await faultyHttp([json(200)], { connections });
  for (const url of [...hostileUrls, canaryServer.origin, canaryServer.origin.replace('http', 'https')]) {
    expect(await errorFrom(http.send({ ...request, url }))).toMatchObject({ code: 'TA-UNTRUSTED-HOST' });
  }
  expect(canaryServer.requests).toEqual([]);
});

test('a redirect to another server is not followed', async () => {
  const canaryServer = await faultyHttp([json(200)]);
  const { http } = await faultyHttp([text(307, '', { Location: `${canaryServer.server.origin}/steal` })]);
  expect(await errorFrom(http.send(request))).toMatchObject({ code: 'TA-SOMETHING-BETWEEN', doubt: false });
  expect(canaryServer.server.requests).toEqual([]);
});
