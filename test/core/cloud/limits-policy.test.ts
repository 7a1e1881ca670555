import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { HttpRequest } from '../../../src/core/cloud/http.ts';
import { say } from '../../../src/core/words/say.ts';
import { errorFrom } from '../../support/error-from.ts';
import { json, silent, type Turn, text, trickle } from '../../support/fault-server.ts';
import { faultyHttp } from '../../support/faulty-http.ts';

const get: HttpRequest = {
  method: 'GET',
  url: 'https://graph.microsoft.com/v1.0/applications',
  replay: 'safe',
  doing: say`read the applications`,
  signal: undefined,
};
const post: HttpRequest = { ...get, method: 'POST', replay: 'unsafe', body: '{}' };

test.each<[string, Turn]>([
  ['no answer', silent],
  ['an answer that trickles', trickle],
])('N12 %s ends after 30 s; only a safe request is asked again', async (_name, fault) => {
  // Those of the pipeline: sockets have others.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const sent = async (request: HttpRequest) => {
    const arrived = Promise.withResolvers<void>();
    const turn: Turn = async (...seen) => {
      await fault(...seen);
      arrived.resolve();
    };
    const { http, server } = await faultyHttp([turn, json(200)]);
    const outcome = http.send(request).catch((failure) => failure);
    await arrived.promise;
    vi.advanceTimersByTime(29_999);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(vi.getTimerCount()).toBe(0);
    return { outcome: await outcome, requests: server.requests.length };
  };
  expect(await sent(get)).toMatchObject({ outcome: { status: 200 }, requests: 2 });
  const message = 'No answer from graph.microsoft.com (not within 30 s).';
  const lost = { code: 'TA-NO-ANSWER', message, doubt: true, doing: 'read the applications' };
  expect(await sent(post)).toMatchObject({ outcome: lost, requests: 1 });
});

test('refuses an answer of more than 6 MiB, compressed or not', async () => {
  const large = `"${'x'.repeat(6 * 1024 * 1024)}"`;
  const type = { 'Content-Type': 'application/json' };
  for (const turn of [
    text(200, large, type),
    text(200, gzipSync(large), { ...type, 'Content-Encoding': 'gzip' }),
  ]) {
    const { http, server } = await faultyHttp([turn]);
    const failure = await errorFrom(http.send(get));
    expect(failure).toMatchObject({ code: 'TA-ANSWER-TOO-LARGE', doubt: false });
    expect(server.requests).toHaveLength(1);
  }
});

test('headers without end are an answer that cannot be read', async () => {
  const endless: Turn = (_seen, response) => {
    response
      .writeHead(200, Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`x-${i}`, 'y'.repeat(50)])))
      .end();
  };
  const { http } = await faultyHttp([endless]);
  expect(await errorFrom(http.send(post))).toMatchObject({ code: 'TA-NO-ANSWER', doubt: true });
});
