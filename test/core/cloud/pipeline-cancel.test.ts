import { expect, test, vi } from 'vitest';
import type { HttpRequest } from '../../../src/core/cloud/http.ts';
import { systemClock } from '../../../src/core/ports.ts';
import { say } from '../../../src/core/words/say.ts';
import { errorFrom } from '../../support/error-from.ts';
import { json, silent, trickle } from '../../support/fault-server.ts';
import { faultyHttp } from '../../support/faulty-http.ts';

const request: HttpRequest = {
  method: 'POST',
  url: 'https://graph.microsoft.com/v1.0/applications',
  body: '{}',
  replay: 'unsafe',
  doing: say`register the app`,
  signal: undefined,
};

/** Far below the minute that would be waited, far above what any machine needs to stop. */
const atOnceMs = 30_000;

/** Aborts once `ready`, and gives the failure that ends it. */
async function cancel(
  send: (signal: AbortSignal) => Promise<unknown>,
  ready: () => boolean,
): Promise<unknown> {
  const controller = new AbortController();
  const ended = errorFrom(send(controller.signal));
  await vi.waitUntil(ready, { interval: 5, timeout: 10_000 });
  controller.abort(new Error('Ctrl+C'));
  return await ended;
}

test.each([
  ['before an answer', silent],
  ['within an answer', trickle],
])(
  'stopping %s ends the request at once and leaves the doubt',
  { timeout: atOnceMs },
  async (_name, turn) => {
    const { http, server } = await faultyHttp([turn]);
    const arrived = () => server.requests[0]?.body !== undefined;
    const failure = await cancel((signal) => http.send({ ...request, signal }), arrived);
    expect(failure).toMatchObject({ code: 'TA-CANCELLED', doing: 'register the app', doubt: true });
    expect(server.requests).toHaveLength(1);
  },
);

test('stopping during a wait ends it at once, and nothing more is sent', { timeout: atOnceMs }, async () => {
  let waits = 0;
  const { http, server } = await faultyHttp([json(429, {}, { 'Retry-After': '60' })], {
    clock: systemClock,
    onWait: () => {
      waits += 1;
    },
  });
  const failure = await cancel(
    (signal) => http.send({ ...request, signal }),
    () => waits === 1,
  );
  expect(failure).toMatchObject({ code: 'TA-CANCELLED', doubt: false });
  expect(server.requests).toHaveLength(1);
});

test('a request that was stopped before is not sent', async () => {
  const { http, server } = await faultyHttp([json(200)]);
  const failure = await errorFrom(http.send({ ...request, signal: AbortSignal.abort() }));
  expect(failure).toMatchObject({ code: 'TA-CANCELLED', doubt: false });
  expect(server.requests).toHaveLength(0);
});

test('giving up during a wait ends it at once, and the last answer stands', {
  timeout: atOnceMs,
}, async () => {
  let waits = 0;
  const { http, server } = await faultyHttp([json(429, {}, { 'Retry-After': '60' })], {
    clock: systemClock,
    onWait: () => {
      waits += 1;
    },
  });
  const controller = new AbortController();
  const answer = http.send({ ...request, giveUp: controller.signal });
  await vi.waitUntil(() => waits === 1, { interval: 5, timeout: 10_000 });
  controller.abort();
  expect(await answer).toMatchObject({ status: 429 });
  expect(server.requests).toHaveLength(1);
});

test('giving up cuts no request that is under way', async () => {
  const { http } = await faultyHttp([json(201, { id: 'made' })]);
  const answer = await http.send({ ...request, giveUp: AbortSignal.abort() });
  expect(answer).toMatchObject({ status: 201, text: '{"id":"made"}' });
});
