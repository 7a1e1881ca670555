import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createHttp } from '../../../src/core/cloud/pipeline.ts';
import { systemClock } from '../../../src/core/ports.ts';
import { startSession } from '../../../src/core/sign-in/sign-in.ts';
import { practiceSignIn } from '../../support/practice-sign-in.ts';

const showCode = () => {};

test('cancelling ends the wait at once, with no poll after it', async () => {
  const { options, polls } = await practiceSignIn({ clock: systemClock, devicePollSeconds: 600 });
  const controller = new AbortController();
  const waiting = startSession({
    ...options,
    way: 'device code',
    showCode,
    clock: systemClock,
    signal: controller.signal,
  });
  const ended = expect(waiting).rejects.toMatchObject({ name: 'Failure', code: 'TA-CANCELLED' });
  await vi.waitFor(() => expect(polls()).toBe(1), { timeout: 10_000 });
  controller.abort();
  await ended;
  expect(polls()).toBe(1);
});

test('a sign-in cancelled before it starts asks nothing', async () => {
  const { options, tenant } = await practiceSignIn();
  await expect(
    startSession({ ...options, way: 'device code', showCode, signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({
    code: 'TA-CANCELLED',
  });
  expect(tenant.state.requests).toEqual([]);
});

/** A login host that gives a device code and then answers no poll. `polled` resolves when the first one is there. */
async function silentLogin() {
  const polled = Promise.withResolvers<void>();
  const answer = {
    user_code: 'FJK2ABCDE',
    device_code: 'FAQABAAEAAAA',
    verification_uri: 'https://microsoft.com/devicelogin',
    expires_in: 900,
  };
  const server = createServer((request, response) => {
    if (!request.url?.endsWith('/devicecode')) return polled.resolve();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { polled: polled.promise, origin: `http://127.0.0.1:${port}` };
}

test('cancelling ends a poll that is under way', async () => {
  const { options } = await practiceSignIn();
  const { polled, origin } = await silentLogin();
  const connections = new Map([['login.microsoftonline.com', origin]]);
  const http = createHttp({ connections, clock: systemClock, log: options.log });
  const controller = new AbortController();
  const { signal } = controller;
  const waiting = startSession({
    ...options,
    http,
    clock: systemClock,
    signal,
    way: 'device code',
    showCode,
  });
  const refused = expect(waiting).rejects.toMatchObject({ name: 'Failure', code: 'TA-CANCELLED' });
  await polled;
  controller.abort();
  await refused;
});
