import { once } from 'node:events';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectTimeout, createAgents } from '../../../src/core/cloud/agents.ts';
import { outcomeOfError } from '../../../src/core/cloud/one-try.ts';
import { say } from '../../../src/core/words/say.ts';
import { faultServer, json } from '../../support/fault-server.ts';
import { faultyHttp } from '../../support/faulty-http.ts';

test('a server that takes the connection but starts no TLS is given up in time, with nothing sent', async () => {
  const mute = createServer(() => {});
  mute.listen(0, '127.0.0.1');
  await once(mute, 'listening');
  onTestFinished(() => void mute.close());
  const { port } = mute.address() as AddressInfo;
  const request = https.request({ host: '127.0.0.1', port, agent: createAgents(100).https });
  const [error] = await once(request.end(), 'error');
  expect(error).toMatchObject({ code: connectTimeout });
  expect(outcomeOfError(error)).toEqual({ kind: 'no connection' });
});

test('the time to connect does not limit the time to answer', async () => {
  const late = await faultyHttp(
    [
      async (seen, response, incoming) => {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        await json(200, { late: true })(seen, response, incoming);
      },
    ],
    { connectMs: 600 },
  );
  const url = 'https://graph.microsoft.com/v1.0/me';
  expect(
    await late.http.send({ method: 'GET', url, replay: 'safe', doing: say`read`, signal: undefined }),
  ).toMatchObject({
    status: 200,
  });
});

test('a server that speaks no TLS got nothing of the request', async () => {
  const server = await faultServer(json(200));
  onTestFinished(() => server.close());
  const request = https.request({
    host: '127.0.0.1',
    port: new URL(server.origin).port,
    agent: createAgents(10_000).https,
  });
  const [error] = await once(request.end('secret'), 'error');
  expect(outcomeOfError(error)).toEqual({ kind: 'no connection' });
  expect(server.requests).toEqual([]);
});
