import { afterAll, expect, test, vi } from 'vitest';
import type { Http } from '../../../src/core/cloud/http.ts';
import type { Clock } from '../../../src/core/ports.ts';
import type { FaultRule } from '../../../src/practice/faults.ts';
import { edges } from '../../../src/practice/lag.ts';
import { type Onboarding, onboarding, practiceSocket } from '../../support/onboarding.ts';

/** Some dozens of runs. */
vi.setConfig({ testTimeout: 180_000 });

const socket = await practiceSocket();
afterAll(() => socket.served.close());

const latencyMs = 80;

/** Every request takes its time on the clock of the story. */
function distant({ http, clock }: Onboarding): Http {
  return {
    async send(request) {
      clock.advance(latencyMs / 2);
      const answer = await http.send(request);
      clock.advance(latencyMs / 2);
      return answer;
    },
  };
}

/** Milliseconds from Go to the last grant. */
async function timeToGrant(lagFactor: number): Promise<number> {
  const story = await onboarding({ lagFactor }, socket);
  let go = 0;
  let granted = 0;
  const confirm = async () => {
    go = story.clock.now();
    return true;
  };
  const { failure } = await story.run({ http: distant(story), confirm }, (event) => {
    if (event.kind === 'done' && event.change.kind === 'grant-permissions') granted = story.clock.now();
  });
  expect(failure).toBeUndefined();
  return granted - go;
}

test('without lag the permissions are granted within the latencies of three trips and a fifth', async () => {
  expect(await timeToGrant(0)).toBeLessThanOrEqual(1.2 * 3 * latencyMs);
});

test.each([1, 10, 100, 500])('with %i times the usual lag within that and 15 per cent', async (factor) => {
  const lag = factor * (edges.applicationToServicePrincipal + edges.servicePrincipalToGrant);
  // Of each of the two lags the end falls between two questions, which are a tenth of a second and a latency apart at least.
  const between = 2 * (100 + latencyMs);
  expect(await timeToGrant(factor)).toBeLessThanOrEqual(3 * latencyMs + 1.15 * lag + between);
});

const sendFault: FaultRule = {
  method: 'POST',
  path: /\/send$/,
  nth: [1, 2],
  answer: { kind: 'status', status: 503, body: { error: { code: 'ServiceUnavailable', message: 'x' } } },
};
const readFault: FaultRule = {
  method: 'GET',
  path: '/v1.0/users',
  nth: 1,
  answer: { kind: 'status', status: 503, body: { error: { code: 'ServiceUnavailable', message: 'x' } } },
};
const secretFault: FaultRule = {
  method: 'POST',
  path: /\/addPassword$/,
  nth: 1,
  answer: { kind: 'reset-after' },
};

test('whichever wait is cancelled ends at once, and nothing is changed after it', async () => {
  let nth = 1;
  for (; ; nth += 1) {
    const faults = [sendFault, readFault, secretFault];
    const story = await onboarding({ lagFactor: 2, faults }, socket);
    story.mail = { to: ['robin@contoso.com'], subject: 'x', body: 'y', code: 'TA-7K3Q-9F' };
    await story.signInOnce(story.state.organization.id);
    const stop = new AbortController();
    let sleeps = 0;
    let before = 0;
    let stoppedAt = 0;
    const clock: Clock = {
      now: () => story.clock.now(),
      async sleep(ms, signal) {
        sleeps += 1;
        if (sleeps === nth) {
          before = story.state.requests.length;
          stoppedAt = story.clock.now();
          stop.abort();
        }
        await story.clock.sleep(ms, signal);
      },
    };
    const { failure } = await story.run({ clock, signal: stop.signal, signIn: story.signInOnce });
    if (sleeps < nth) break;
    expect(failure, `wait ${nth}`).toMatchObject({
      code: expect.stringMatching(/^TA-(CANCELLED|MAYBE-SENT)$/),
    });
    expect(story.clock.now() - stoppedAt, `wait ${nth}`).toBeLessThan(5000);
    const after = story.state.requests.slice(before).map(({ method }) => method);
    expect(
      after.filter((method) => method !== 'GET' && method !== 'DELETE'),
      `wait ${nth}`,
    ).toEqual([]);
  }
  expect(nth).toBeGreaterThan(15);
});
