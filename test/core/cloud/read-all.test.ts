import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { readAll } from '../../../src/core/cloud/read-all.ts';
import { errorFrom } from '../../support/error-from.ts';
import { json, type Turn } from '../../support/fault-server.ts';
import { faultyGraph } from '../../support/faulty-graph.ts';

const User = z.object({ id: z.string() });
const base = 'https://graph.microsoft.com/v1.0';
const page = (ids: string[], next?: unknown): Turn =>
  json(200, {
    value: ids.map((id) => ({ id, more: 1 })),
    ...(next === undefined ? {} : { '@odata.nextLink': next }),
  });

test('reads every page in order', async () => {
  const { graph, server } = await faultyGraph([
    page(['1', '2'], `${base}/users?$skiptoken=a`),
    page([], `${base}/users?$skiptoken=b`),
    page(['3']),
  ]);
  expect(await readAll(graph, '/users?$top=2', User, 'read people', undefined)).toEqual([
    { id: '1' },
    { id: '2' },
    { id: '3' },
  ]);
  expect(server.requests.map(({ url }) => url)).toEqual([
    '/v1.0/users?$top=2',
    '/v1.0/users?$skiptoken=a',
    '/v1.0/users?$skiptoken=b',
  ]);
});

test.each([
  'https://evil.example/v1.0/users',
  'http://graph.microsoft.com/v1.0/users',
  'https://graph.microsoft.com.evil.example/v1.0/users',
  'https://graph.microsoft.com@evil.example/v1.0/users',
  'https://graph.microsoft.com/v1.0@evil.example/',
  'https://graph.microsoft.com/beta/users',
  '/users?$skiptoken=a',
  '',
])('does not follow a next page at %j', async (next) => {
  const { graph, server } = await faultyGraph([page(['1'], next)]);
  expect(await errorFrom(readAll(graph, '/users', User, 'read people', undefined))).toMatchObject({
    code: 'TA-UNTRUSTED-HOST',
  });
  expect(server.requests).toHaveLength(1);
});

test('ends when a page links to one that was read', async () => {
  const { graph, server } = await faultyGraph([page(['1'], `${base}/users?$skiptoken=a`)]);
  expect(await errorFrom(readAll(graph, '/users', User, 'read people', undefined))).toMatchObject({
    code: 'TA-ODD-ANSWER',
  });
  expect(server.requests).toHaveLength(2);
});

test('ends when the pages do not', async () => {
  let n = 0;
  const endless: Turn = async (seen, response, incoming) => {
    n += 1;
    await page(['1'], `${base}/users?$skiptoken=${n}`)(seen, response, incoming);
  };
  const { graph, server } = await faultyGraph([endless]);
  expect(await errorFrom(readAll(graph, '/users', User, 'read people', undefined))).toMatchObject({
    code: 'TA-ODD-ANSWER',
  });
  expect(server.requests.length).toBeLessThanOrEqual(200);
});

test.each([
  [{ value: [{ id: 1 }] }, 'value.0.id'],
  [{ value: null }, 'value'],
  [{ value: [], '@odata.nextLink': 7 }, '@odata.nextLink'],
])('says where a page is not as documented: %j', async (body, place) => {
  const { graph } = await faultyGraph([json(200, body)]);
  expect(await errorFrom(readAll(graph, '/users', User, 'read people', undefined))).toMatchObject({
    code: 'TA-ODD-ANSWER',
    message: `The answer could not be understood (at ${place}).`,
  });
});
