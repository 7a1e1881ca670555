import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { BatchRequest } from '../../../src/core/cloud/graph.ts';
import { say } from '../../../src/core/words/say.ts';
import { errorFrom } from '../../support/error-from.ts';
import { json, resetAfter, type Seen, type Turn, text } from '../../support/fault-server.ts';
import { faultyGraph } from '../../support/faulty-graph.ts';
import { forgedToken } from '../../support/forged-token.ts';

const get = (id: string): BatchRequest => ({ id, method: 'GET', path: `/things/${id}`, replay: 'safe' });
const post = (id: string, ...dependsOn: string[]): BatchRequest => ({
  id,
  method: 'POST',
  path: `/things/${id}`,
  body: { id },
  replay: 'unsafe',
  dependsOn,
});

type Item = { id: string; status: number; headers?: Record<string, string>; body?: unknown };
const answers = (...responses: Item[]): Turn => json(200, { responses }, { 'request-id': 'outer' });
const busy = (id: string, seconds: string): Item => ({
  id,
  status: 429,
  headers: { 'retry-AFTER': seconds },
});

const Sent = z.object({ requests: z.array(z.record(z.string(), z.unknown())) });
const itemsOf = (seen: Seen | undefined) => Sent.parse(JSON.parse(seen?.body ?? '')).requests;
const idsOf = (seen: Seen | undefined) => itemsOf(seen).map(({ id }) => id);

test('gives the answers by id, whatever their order', async () => {
  const { graph, server } = await faultyGraph([
    answers(
      { id: 'b', status: 404, body: { error: {} }, headers: { 'request-id': 'inner' } },
      { id: 'a', status: 200, body: 1 },
    ),
  ]);
  const found = await graph.batch([get('a'), get('b')], say`look`, undefined);
  expect([...found.keys()]).toEqual(['a', 'b']);
  expect(found.get('a')).toEqual({ status: 200, body: 1, requestId: 'outer', retryAfterMs: undefined });
  expect(found.get('b')).toMatchObject({ status: 404, requestId: 'inner' });
  expect(server.requests[0]).toMatchObject({ method: 'POST', url: '/v1.0/$batch' });
  expect(graph.trips()).toBe(1);
});

test('what a refused item repeats of the token is cut, in words that stay readable', async () => {
  const token = forgedToken();
  const error = { code: 'BadRequest', message: `You sent "${token.slice(0, 60)}", and ${token.slice(-40)}.` };
  const { graph } = await faultyGraph([answers({ id: 'a', status: 400, body: { error } })], {
    tokens: [token],
  });
  const found = await graph.batch([get('a')], say`look`, undefined);
  expect(found.get('a')?.body).toEqual({
    error: { code: 'BadRequest', message: 'You sent "***", and ***.' },
  });
});

test('an answer that is nested without end is no answer, in an item that was refused too', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const body = `{"responses":[{"id":"a","status":400,"body":{"error":{"code":"x","innerError":${deep}}}}]}`;
  const { graph } = await faultyGraph([text(200, body, { 'Content-Type': 'application/json' })]);
  expect(await errorFrom(graph.batch([post('a')], say`grant`, undefined))).toMatchObject({
    code: 'TA-ODD-ANSWER',
    doubt: true,
  });
});

test('an item names its content type if it has a body, and its dependencies if it has any', async () => {
  const { graph, server } = await faultyGraph([answers({ id: 'a', status: 200 }, { id: 'b', status: 201 })]);
  await graph.batch([get('a'), { ...post('b', 'a'), headers: { Prefer: 'x' } }], say`grant`, undefined);
  expect(itemsOf(server.requests[0])).toEqual([
    { id: 'a', method: 'GET', url: '/things/a' },
    {
      id: 'b',
      method: 'POST',
      url: '/things/b',
      headers: { 'Content-Type': 'application/json', Prefer: 'x' },
      body: { id: 'b' },
      dependsOn: ['a'],
    },
  ]);
});

test('a throttled item is asked again alone, after the longest time told', async () => {
  const waits: unknown[] = [];
  const { graph, server, clock } = await faultyGraph(
    [
      answers({ id: 'a', status: 201 }, busy('b', '2.5'), busy('c', '4')),
      answers({ id: 'b', status: 201 }, { id: 'c', status: 201 }),
    ],
    { onWait: (wait) => waits.push(wait) },
  );
  const found = await graph.batch([post('a'), post('b'), post('c')], say`grant`, undefined);
  expect([...found].map(([id, { status }]) => [id, status])).toEqual([
    ['a', 201],
    ['b', 201],
    ['c', 201],
  ]);
  expect(server.requests.map(idsOf)).toEqual([
    ['a', 'b', 'c'],
    ['b', 'c'],
  ]);
  expect(clock.waits).toEqual([4_000]);
  expect(waits).toEqual([{ doing: 'grant', ms: 4_000, reason: 'Microsoft asks to slow down' }]);
  expect(graph.trips()).toBe(1);
});

test('a 503 is asked again for a safe item and comes back for an unsafe one', async () => {
  const { graph, server } = await faultyGraph([
    answers({ id: 'a', status: 503 }, { id: 'b', status: 503 }),
    answers({ id: 'a', status: 200 }),
  ]);
  const found = await graph.batch([get('a'), post('b')], say`grant`, undefined);
  expect(found.get('a')?.status).toBe(200);
  expect(found.get('b')?.status).toBe(503);
  expect(server.requests.map(idsOf)).toEqual([['a', 'b'], ['a']]);
});

test('what waited for a throttled item is asked again with it, and no longer for what succeeded', async () => {
  const { graph, server } = await faultyGraph([
    answers({ id: 'a', status: 201 }, busy('b', '1'), { id: 'c', status: 424 }, { id: 'd', status: 424 }),
    answers({ id: 'b', status: 201 }, { id: 'c', status: 201 }, { id: 'd', status: 201 }),
  ]);
  const found = await graph.batch(
    [post('a'), post('b'), post('c', 'a', 'b'), post('d', 'c')],
    say`grant`,
    undefined,
  );
  expect([...found.values()].map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(itemsOf(server.requests[1]).map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
    ['b', undefined],
    ['c', ['b']],
    ['d', ['c']],
  ]);
});

test('no secret is made after a refused grant, though another grant is asked again', async () => {
  const { graph, server } = await faultyGraph([
    answers({ id: 'refused', status: 403 }, busy('slow', '1'), { id: 'secret', status: 424 }),
    answers({ id: 'slow', status: 201 }),
  ]);
  const found = await graph.batch(
    [post('refused'), post('slow'), post('secret', 'refused', 'slow')],
    say`grant`,
    undefined,
  );
  expect(found.get('secret')?.status).toBe(424);
  expect(server.requests.map(idsOf)).toEqual([['refused', 'slow', 'secret'], ['slow']]);
});

test('gives up after five tries, and within its time', async () => {
  const often = await faultyGraph([answers(busy('a', '1'))]);
  expect((await often.graph.batch([post('a')], say`grant`, undefined)).get('a')?.status).toBe(429);
  expect(often.server.requests).toHaveLength(5);

  const long = await faultyGraph([answers(busy('a', '600'))]);
  expect((await long.graph.batch([post('a')], say`grant`, undefined)).get('a')?.status).toBe(429);
  expect(long.clock.waits).toEqual([600_000]);
});

test('a lost batch is sent again if all of it is safe, and is in doubt otherwise', async () => {
  const reading = await faultyGraph([resetAfter, answers({ id: 'a', status: 200 })]);
  expect((await reading.graph.batch([get('a')], say`look`, undefined)).get('a')?.status).toBe(200);

  const writing = await faultyGraph([resetAfter, answers({ id: 'a', status: 200 })]);
  const failure = await errorFrom(writing.graph.batch([get('a'), post('b')], say`grant`, undefined));
  expect(failure).toMatchObject({ code: 'TA-NO-ANSWER', doubt: true });
  expect(writing.server.requests).toHaveLength(1);
});

test.each([400, 403, 500])('a batch refused as a whole with %i is a Failure', async (status) => {
  const { graph } = await faultyGraph([json(status, { error: { code: 'BadRequest', message: 'no' } })]);
  const failure = await errorFrom(graph.batch([post('a')], say`grant`, undefined));
  expect(failure).toMatchObject({ code: 'BadRequest', status, doubt: status === 500 });
});

test.each([
  ['an item without answer', { responses: [{ id: 'a', status: 200 }] }],
  ['no list', { value: [] }],
  ['a status that is no number', { responses: [{ id: 'a', status: '200' }] }],
])('%s is not understood, and leaves the doubt', async (_name, body) => {
  const { graph } = await faultyGraph([json(200, body)]);
  const failure = await errorFrom(graph.batch([post('a'), post('b')], say`grant`, undefined));
  expect(failure).toMatchObject({ code: 'TA-ODD-ANSWER', requestId: undefined, doubt: true });
});

test('a batch that only reads needs no token of the customer', async () => {
  const { graph } = await faultyGraph([answers({ id: 'a', status: 200 })], {
    tokens: [forgedToken({ tid: 'other' })],
  });
  expect((await graph.batch([get('a')], say`look`, undefined)).size).toBe(1);
});

test('an empty batch costs no trip, and one of 21 is a mistake of the caller', async () => {
  const { graph, server } = await faultyGraph([answers()]);
  expect(await graph.batch([], say`look`, undefined)).toEqual(new Map());
  const many = Array.from({ length: 21 }, (_, i) => get(String(i)));
  expect(await errorFrom(graph.batch(many, say`look`, undefined))).toBeInstanceOf(RangeError);
  expect(server.requests).toEqual([]);
  expect(graph.trips()).toBe(0);
});
