import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { issueUserToken } from '../../src/practice/login/tokens.ts';
import { createPracticeTenant } from '../../src/practice/tenant.ts';
import { adminScopes, createDirectory, graphCliClient, personNamed } from '../support/graph-caller.ts';

const login = 'https://login.microsoftonline.com/organizations/oauth2/v2.0';
const large = 'x'.repeat(5 * 1024 * 1024);
const nested = (levels: number): string => `{"displayName":${'['.repeat(levels)}${']'.repeat(levels)}}`;

/** Nothing may be complained of on stderr. */
function watchStderr(): void {
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => {
    expect(complaints).not.toHaveBeenCalled();
    complaints.mockRestore();
  });
}

async function graph(
  method: string,
  path: string,
  body?: string | Uint8Array<ArrayBuffer>,
  more = {},
): Promise<Response> {
  watchStderr();
  const { tenant, state } = await createDirectory();
  const person = personNamed(state, 'grace');
  const token = await issueUserToken(state, { person, clientId: graphCliClient, scopes: adminScopes });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...more };
  const url = `https://graph.microsoft.com/v1.0${path}`;
  return await tenant.fetch(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }));
}

test.each(['token', 'devicecode'])('a form to %s is bounded', async (endpoint) => {
  watchStderr();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const request = new Request(`${login}/${endpoint}`, {
    method: 'POST',
    headers,
    body: `client_id=${large}`,
  });
  const answer = await createPracticeTenant().fetch(request);
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
});

test.each([
  ['/applications', `{"displayName":"${large}"}`],
  ['/$batch', `{"requests":"${large}"}`],
])('a body to %s is bounded', async (path, body) => {
  expect((await graph('POST', path, body)).status).toBe(413);
});

test.each([
  ['a list of lists', 'POST', '/applications', nested(200_000)],
  ['a batch of lists', 'POST', '/$batch', nested(200_000)],
])('%s deeper than any body is refused, not followed', async (_what, method, path, body) => {
  expect((await graph(method, path, body)).status).toBe(400);
});

test('brackets in a text are no depth', async () => {
  expect((await graph('POST', '/applications', `{"displayName":"${'['.repeat(200)}\\""}`)).status).toBe(201);
});

test('a filter of parentheses is refused, not followed', async () => {
  const filter = `${'('.repeat(5000)}displayName eq 'x'${')'.repeat(5000)}`;
  const answer = await graph('GET', `/applications?$filter=${encodeURIComponent(filter)}`);
  expect(answer.status).toBe(400);
});

test('a body may be packed, and is bounded unpacked', async () => {
  const packed = (text: string) => new Uint8Array(gzipSync(text));
  const send = (body: Uint8Array<ArrayBuffer>) =>
    graph('POST', '/applications', body, { 'Content-Encoding': 'gzip' });
  expect((await send(packed('{"displayName":"Packed"}'))).status).toBe(201);
  expect((await send(packed(`{"displayName":"${large}"}`))).status).toBe(413);
  expect((await send(new TextEncoder().encode('{"displayName":"Plain"}'))).status).toBe(201);
  expect((await send(new Uint8Array([31, 139, 8, 0]))).status).toBe(400);
});
