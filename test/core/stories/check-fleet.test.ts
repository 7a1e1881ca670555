import { getMaxListeners, setMaxListeners } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type CheckedCustomer, documentOf, mergeChecks, shardOf } from '../../../src/core/check/checked.ts';
import type { Clock } from '../../../src/core/ports.ts';
import type { FleetProgress, FleetState } from '../../../src/core/stories/check-fleet.ts';
import { fleetOf } from '../../support/checking.ts';
import { errorFrom } from '../../support/error-from.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { type Fleet, isRight } from '../../support/fleet.ts';

test('hundreds of customers that wait at once are no leak to Node, which would say so on the terminal', async () => {
  const clock = fakeClock();
  const listening = new Set<number>();
  const any = AbortSignal.any.bind(AbortSignal);
  // As Node 20 makes it; later ones count no listeners.
  using _node20 = vi.spyOn(AbortSignal, 'any').mockImplementation((signals) => {
    const signal = any(signals);
    setMaxListeners(10, signal);
    return signal;
  });
  const sleep: Clock['sleep'] = async (ms, signal) => {
    if (signal) listening.add(getMaxListeners(signal));
    await clock.sleep(ms, signal);
  };
  const { check, jobs } = await fleetOf(10, undefined, { now: () => clock.now(), sleep });
  await check(jobs(), { signal: new AbortController().signal });
  expect([...listening]).toEqual([0]);
});

test('every verdict is right, no tenant is asked earlier than it said, and all are told with counts', async () => {
  const { check, jobs, seen } = await fleetOf(100);
  const done: string[] = [];
  const customers = await check(jobs(), {
    show: (event) => done.push(`${event.done} of ${event.total}`),
  });
  expect(customers.filter((customer) => !isRight(customer))).toEqual([]);
  expect(customers).toHaveLength(100);
  expect(seen).toMatchObject({ early: 0, throttled: 20 });
  expect(done).toEqual(Array.from({ length: 100 }, (_, index) => `${index + 1} of 100`));
});

test('the time left goes by the pace of those that were asked, and is told as soon as there is one', async () => {
  const clock = fakeClock();
  const slow = (fetch: Fleet['fetch']): Fleet['fetch'] => {
    return async (request, connection) => {
      clock.advance(500);
      return await fetch(request, connection);
    };
  };
  const { check, jobs } = await fleetOf(10, slow, clock);
  const timesOf = async (mayBeFresh: boolean, concurrency: number) => {
    const begun = clock.now();
    const told: FleetProgress['leftMs'][] = [];
    const right: typeof told = [];
    let asked = 0;
    const show = ({ done, leftMs, skipped }: FleetProgress): void => {
      if (!skipped) asked += 1;
      told.push(leftMs);
      const pace = (clock.now() - begun) / asked;
      right.push(asked < concurrency ? undefined : Math.round(pace * (10 - done)));
    };
    await check(jobs(mayBeFresh), { concurrency, show });
    expect(told).toEqual(right);
    return told;
  };
  expect((await timesOf(false, 2)).slice(-2)).toContain(0);
  // Nine of ten are skipped in no time.
  expect(await timesOf(true, 1)).toContain(undefined);
});

test('shards that are checked one by one are the document of one run', async () => {
  const { check, jobs } = await fleetOf(20);
  const all = jobs();
  const shards: CheckedCustomer[][] = [];
  for (const number of [1, 2, 3]) shards.push(await check(shardOf(all, { number, of: 3 })));
  const merged = mergeChecks(shards.map(documentOf));
  expect(merged.customers.every(isRight)).toBe(true);
  const whole = documentOf(await check(all));
  const plain = ({ checkedAt: _, ...customer }: CheckedCustomer) => customer;
  expect(merged.customers.map(plain)).toEqual(whole.customers.map(plain));
});

test('a second run asks only those that need action or could not be looked at', async () => {
  const { check, jobs, seen } = await fleetOf(30);
  await check(jobs());
  const before = seen.requests;
  const skipped: boolean[] = [];
  const again = await check(jobs(true), { show: (event) => skipped.push(event.skipped) });
  expect(again.every(isRight)).toBe(true);
  expect(skipped.filter(Boolean)).toHaveLength(27);
  expect(seen.requests - before).toBeLessThan(15);
});

test('a check stops when it is told to, and what was seen until then is kept', async () => {
  const stop = new AbortController();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const [answered, held] = [new Set<string>(), new Set<string>()];
  let [done, arrived] = [0, 0];
  // Half of the tenants do not answer. When all of the others have, and these were asked, nothing is on its way.
  const stopInTheMiddle = (): void => {
    if (done === 30 && held.size === 30) stop.abort();
  };
  const arrive = async (tenant: string): Promise<void> => {
    arrived += 1;
    if (!answered.has(tenant)) (answered.size < 30 ? answered : held).add(tenant);
    stopInTheMiddle();
    if (held.has(tenant)) await released;
  };
  const { check, jobs } = await fleetOf(60, (fetch) => async (request, connection) => {
    const [, tenant = ''] = /^https?:\/\/login[^/]*\/([^/]+)/.exec(request.url) ?? [];
    if (tenant !== '') await arrive(tenant);
    return await fetch(request, connection);
  });
  const show = (event: FleetProgress): void => {
    done = event.done;
    stopInTheMiddle();
  };
  const failure = await errorFrom(check(jobs(), { signal: stop.signal, concurrency: 60, show }));
  expect(String(failure)).toContain('Stopped on request. 30 of 60 customers were checked');
  const before = arrived;
  await new Promise((resolve) => setImmediate(resolve));
  expect(arrived).toBe(before);
  release();
  const skipped: boolean[] = [];
  await check(jobs(true), { show: (event) => skipped.push(event.skipped) });
  expect(skipped.filter(Boolean).length).toBeGreaterThanOrEqual(24);
  expect(skipped.filter(Boolean).length).toBeLessThanOrEqual(30);
});

test('never more requests are under way than was asked for', async () => {
  let [under, most] = [0, 0];
  const three = Promise.withResolvers<void>();
  const { check, jobs } = await fleetOf(20, (fetch) => async (request, connection) => {
    under += 1;
    most = Math.max(most, under);
    if (under === 3) three.resolve();
    // No answer before so many are under way; a fourth would come here meanwhile.
    await three.promise;
    await new Promise((resolve) => setImmediate(resolve));
    const answer = await fetch(request, connection);
    under -= 1;
    return answer;
  });
  await check(jobs(), { concurrency: 3 });
  expect(most).toBe(3);
});

test('a tenant that asks to slow down holds up no other', async () => {
  const all = fakeClock();
  let wakeUp = (): void => undefined;
  const waited = new Promise<void>((resolve) => {
    wakeUp = resolve;
  });
  const clock: Clock = {
    now: all.now,
    async sleep(ms, signal) {
      await waited;
      await all.sleep(ms, signal);
    },
  };
  const { check, jobs, seen } = await fleetOf(20, undefined, clock);
  const [held, others]: [string[], string[]] = [[], []];
  await check(jobs(), {
    concurrency: 2,
    show({ customer, done }) {
      const number = Number(customer.name.replace('Customer ', ''));
      (number % 5 === 1 ? held : others).push(customer.name);
      if (done === 16) wakeUp();
    },
  });
  expect([others.length, held.length, seen.early]).toEqual([16, 4, 0]);
});

test('a tenant that asks to wait for ten minutes is told, with the time that is left, and holds up no other', async () => {
  const clock = fakeClock();
  let asked: string | undefined;
  const { check, jobs } = await fleetOf(
    12,
    (fetch) => async (request, connection) => {
      const [, tenant = ''] = /^https?:\/\/login[^/]*\/([^/]+)/.exec(request.url) ?? [];
      if (tenant === '' || asked !== undefined) return await fetch(request, connection);
      asked = tenant;
      return Response.json({ error_codes: [90055] }, { status: 429, headers: { 'Retry-After': '600' } });
    },
    { now: clock.now, sleep: (ms, signal) => (ms > 5000 ? slept(ms, signal) : clock.sleep(ms, signal)) },
  );
  const { promise, resolve: wakeUp } = Promise.withResolvers<void>();
  async function slept(ms: number, signal?: AbortSignal): Promise<void> {
    await promise;
    await clock.sleep(ms, signal);
  }
  const [waits, events]: [FleetState[], FleetProgress[]] = [[], []];
  const show = (event: FleetProgress): void => {
    events.push(event);
    if (event.done === 11) wakeUp();
  };
  await check(jobs(), { concurrency: 2, show, onWait: (state) => waits.push(state) });
  const until = expect.closeTo(clock.now(), -4);
  const { file } = events.at(-1)?.customer ?? {};
  expect(waits).toEqual([{ done: 0, total: 12, leftMs: 600_000, waiting: { file, until } }]);
  expect(events.slice(0, -1).map(({ waiting }) => waiting?.file)).toEqual(Array(11).fill(file));
  expect(events.at(-2)?.leftMs).toBeGreaterThan(590_000);
  expect(events.at(-1)).toMatchObject({ done: 12, leftMs: 0, waiting: undefined });
});

/** An answer whose body begins and never ends. */
const endless = () =>
  new Response(new ReadableStream({ start: (body) => body.enqueue(new TextEncoder().encode('{"a":')) }));

test.each<[string, () => Response | Promise<Response>]>([
  ['never answers', () => new Promise<Response>(() => undefined)],
  ['begins an answer and never ends it', endless],
])('stopped while a socket %s, it ends with no timer to wait for', async (_what, answer) => {
  let isAsked = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  const hanging = async (): Promise<Response> => {
    setImmediate(isAsked);
    return await answer();
  };
  const { check, jobs } = await fleetOf(4, () => hanging);
  const stop = new AbortController();
  // As long as no timer runs, whatever waits for one stays.
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const checking = errorFrom(check(jobs(), { signal: stop.signal, concurrency: 2 }));
  await asked;
  stop.abort();
  expect(await checking).toMatchObject({ code: 'TA-CANCELLED' });
});
