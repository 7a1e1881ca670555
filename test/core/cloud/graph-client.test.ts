import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { ask } from '../../../src/core/cloud/answers.ts';
import { say } from '../../../src/core/words/say.ts';
import { errorFrom } from '../../support/error-from.ts';
import { json, resetAfter, text } from '../../support/fault-server.ts';
import { customerTenant, faultyGraph } from '../../support/faulty-graph.ts';
import { forgedToken } from '../../support/forged-token.ts';

const create = {
  method: 'POST',
  path: '/applications',
  body: { displayName: 'T&A' },
  replay: 'unsafe',
} as const;
const read = { method: 'GET', path: '/organization', replay: 'safe' } as const;

test('sends to v1.0 with the token, and gives status, body and ids of the answer', async () => {
  const { graph, server } = await faultyGraph([
    json(429, {}, { 'Retry-After': '1' }),
    json(201, { id: 'a' }, { 'request-id': 'r-1', 'Retry-After': '2.5' }),
  ]);
  expect(await graph.send({ ...create, headers: { Prefer: 'x' } }, say`register the app`, undefined)).toEqual(
    {
      status: 201,
      body: { id: 'a' },
      requestId: 'r-1',
      retryAfterMs: 2_500,
    },
  );
  expect(server.requests[1]).toMatchObject({
    method: 'POST',
    url: '/v1.0/applications',
    body: '{"displayName":"T&A"}',
    headers: {
      prefer: 'x',
      'content-type': 'application/json',
      authorization: expect.stringMatching(/^Bearer e/),
    },
  });
  expect(graph.trips()).toBe(1);
});

test('an empty answer has no body', async () => {
  const { graph } = await faultyGraph([text(204, '')]);
  expect(await graph.send(create, say`register the app`, undefined)).toMatchObject({
    status: 204,
    body: undefined,
  });
});

test.each([
  [
    'of another tenant',
    forgedToken({ tid: '99999999-9999-4999-8999-999999999999' }),
    '99999999-9999-4999-8999-999999999999',
  ],
  ['without a tenant', forgedToken({ tid: undefined }), 'unknown'],
  ['that is no JWT', 'EwBwA8l6BAAU', 'unknown'],
  ['that is no JSON', 'a.b.c', 'unknown'],
])('writes nothing with a token %s', async (_name, token, found) => {
  const { graph, server } = await faultyGraph([json(200)], { tokens: [token] });
  const batched = { ...create, id: '1' };
  for (const act of [
    graph.send(create, say`register the app`, undefined),
    graph.send({ ...create, method: 'DELETE' }, say`remove the app`, undefined),
    graph.batch([{ ...read, id: '0' }, batched], say`grant`, undefined),
  ]) {
    expect(await errorFrom(act)).toMatchObject({
      code: 'TA-WRONG-TENANT',
      message: `You are signed in to tenant ${found}, but the customer's tenant is ${customerTenant}.`,
    });
  }
  expect(server.requests).toEqual([]);
});

test('the tenant is compared without regard to case', async () => {
  const { graph } = await faultyGraph([json(201)], {
    tokens: [forgedToken({ tid: customerTenant.toUpperCase() })],
  });
  expect(await graph.send(create, say`register the app`, undefined)).toMatchObject({ status: 201 });
});

test('reads also with a token of another tenant, as the look tells which one it is', async () => {
  const { graph } = await faultyGraph([json(200, { value: [] })], {
    tokens: [forgedToken({ tid: 'other' })],
  });
  expect(await graph.send(read, say`read the tenant`, undefined)).toMatchObject({ status: 200 });
});

test('after a 401 the request is sent once more with a newer token', async () => {
  const tokens = [forgedToken({ tid: customerTenant, n: 1 }), forgedToken({ tid: customerTenant, n: 2 })];
  const { graph, server } = await faultyGraph([json(401), json(201)], { tokens });
  expect(await graph.send(create, say`register the app`, undefined)).toMatchObject({ status: 201 });
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
    tokens.map((token) => `Bearer ${token}`),
  );
  expect(graph.trips()).toBe(1);
});

test('a 401 with no newer token comes back, and a second 401 too', async () => {
  const same = await faultyGraph([json(401)]);
  expect(await same.graph.send(create, say`register the app`, undefined)).toMatchObject({ status: 401 });
  expect(same.server.requests).toHaveLength(1);

  const tokens = [forgedToken({ tid: customerTenant, n: 1 }), forgedToken({ tid: customerTenant, n: 2 })];
  const renewed = await faultyGraph([json(401)], { tokens });
  expect(await renewed.graph.send(create, say`register the app`, undefined)).toMatchObject({ status: 401 });
  expect(renewed.server.requests).toHaveLength(2);
});

test('a newer token of another tenant is not used to write', async () => {
  const tokens = [forgedToken({ tid: customerTenant }), forgedToken({ tid: 'other' })];
  const { graph, server } = await faultyGraph([json(401), json(201)], { tokens });
  expect(await errorFrom(graph.send(create, say`register the app`, undefined))).toMatchObject({
    code: 'TA-WRONG-TENANT',
  });
  expect(server.requests).toHaveLength(1);
});

const App = z.object({ id: z.string() });

test('ask gives what the schema reads, and drops the rest', async () => {
  const { graph } = await faultyGraph([json(200, { id: 'a', other: 1 })]);
  expect(await ask(graph, read, App, say`read the app`, undefined)).toEqual({ id: 'a' });
});

test('ask makes a Failure with advice of a refusal', async () => {
  const body = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } };
  const { graph } = await faultyGraph([json(403, body, { 'request-id': 'r-9' })]);
  expect(await errorFrom(ask(graph, create, App, say`register the app`, undefined))).toMatchObject({
    message: 'Microsoft Graph refused to register the app (HTTP 403).',
    code: 'Authorization_RequestDenied',
    status: 403,
    requestId: 'r-9',
    detail: 'Insufficient privileges.',
    doubt: false,
  });
});

test('ask leaves a doubt where a write was answered by 5xx or was lost or was not understood', async () => {
  for (const turn of [json(504), resetAfter, json(201, { id: 7 }), json(201, [])]) {
    const { graph } = await faultyGraph([turn]);
    expect(await errorFrom(ask(graph, create, App, say`register the app`, undefined))).toMatchObject({
      doubt: true,
    });
  }
});

test('ask names the place of what it did not understand', async () => {
  const { graph } = await faultyGraph([json(200, { id: 7 })]);
  expect(await errorFrom(ask(graph, read, App, say`read the app`, undefined))).toMatchObject({
    code: 'TA-ODD-ANSWER',
    message: "This tool cannot read Microsoft's answer (at id).",
    doubt: false,
  });
});
