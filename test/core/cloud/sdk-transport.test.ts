import { createPipelineRequest, type HttpMethods } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import type { HttpRequest } from '../../../src/core/cloud/http.ts';
import { createSdkTransport, type SdkRefusal } from '../../../src/core/cloud/sdk-transport.ts';
import { jsonOrUndefined } from '../../../src/core/json.ts';
import { errors } from '../../../src/core/words/errors.ts';
import { say } from '../../../src/core/words/say.ts';

const host = 'management.azure.com';

function transportTo(status: number, text: string, headers: Readonly<Record<string, string>> = {}) {
  const sent: HttpRequest[] = [];
  const refusals: SdkRefusal[] = [];
  const http = {
    async send(request: HttpRequest) {
      sent.push(request);
      const answered = { body: jsonOrUndefined(text), requestId: headers['x-ms-request-id'] };
      const header = (name: string) => headers[name];
      const withoutEchoes = (words: string) => words.replaceAll('hunter2', '***');
      return { status, text, ...answered, header, retryAfterMs: 5_000, withoutEchoes };
    },
  };
  const refused = (refusal: SdkRefusal) => {
    refusals.push(refusal);
    return errors.oddAnswer(say`x`, {});
  };
  const transport = createSdkTransport({ http, host, doing: say`look`, refused, signal: undefined });
  const ask = (url: string, method: HttpMethods = 'GET', body?: string) =>
    transport.client.sendRequest(
      createPipelineRequest({ url, method, ...(body === undefined ? {} : { body }) }),
    );
  return { transport, ask, sent, refusals };
}

test('sends through our pipeline and gives the answer with the headers that an SDK reads', async () => {
  const headers = {
    location: 'https://management.azure.com/op',
    'retry-after': '5',
    'x-ms-request-id': 'r',
    etag: 'e',
  };
  const { transport, ask, sent } = transportTo(202, '{"a":1}', headers);
  const answer = await ask(`https://${host}/subscriptions?x=1`, 'PUT', '{}');
  expect(sent).toMatchObject([
    { method: 'PUT', url: `https://${host}/subscriptions?x=1`, body: '{}', replay: 'safe' },
  ]);
  expect([answer.status, answer.bodyAsText]).toEqual([202, '{"a":1}']);
  expect(answer.headers.toJSON()).toEqual({ location: headers.location, 'retry-after': '5' });
  expect(transport.last()).toEqual({ body: { a: 1 }, requestId: 'r', retryAfterMs: 5_000 });
});

test('a refusal becomes the Failure that the caller makes of it', async () => {
  const { ask, refusals } = transportTo(403, '{"error":{"code":"No"}}', { 'x-ms-request-id': 'r' });
  await expect(ask(`https://${host}/`)).rejects.toMatchObject({ name: 'Failure' });
  expect(refusals).toEqual([
    { status: 403, body: { error: { code: 'No' } }, requestId: 'r', retryAfterMs: 5_000, doing: 'look' },
  ]);
});

test.for(['https://evil.example/', 'http://management.azure.com/', 'https://graph.microsoft.com/v1.0/me'])(
  '%s gets nothing from an SDK of Azure Resource Manager',
  async (url) => {
    const { ask, sent } = transportTo(200, '{}');
    await expect(ask(url)).rejects.toMatchObject({ code: 'TA-UNTRUSTED-HOST' });
    expect(sent).toEqual([]);
  },
);

test('a method that our pipeline does not send is a mistake', async () => {
  const { ask } = transportTo(200, '');
  await expect(ask(`https://${host}/`, 'HEAD')).rejects.toThrow(RangeError);
});

test('the words of a failed operation, which come with 200, do not repeat what was sent', async () => {
  const { transport, ask } = transportTo(200, '{"status":"Failed","error":{"message":"not hunter2"}}');
  await ask('https://management.azure.com/op');
  expect(transport.last().body).toEqual({ status: 'Failed', error: { message: 'not ***' } });
});
