import { expect, test } from 'vitest';
import { issueUserToken } from '../../../src/practice/login/tokens.ts';
import { adminScopes, createDirectory, graphCliClient, personNamed } from '../../support/graph-caller.ts';

/** Posts raw text to /applications. */
async function post(body: string | null, contentType: string | undefined): Promise<unknown> {
  const { tenant, state } = await createDirectory();
  const person = personNamed(state, 'grace');
  const token = await issueUserToken(state, { person, clientId: graphCliClient, scopes: adminScopes });
  const headers = new Headers({ Authorization: `Bearer ${token}` });
  if (contentType) headers.set('Content-Type', contentType);
  const bytes = body === null ? null : new TextEncoder().encode(body);
  const answer = await tenant.fetch(
    new Request('https://graph.microsoft.com/v1.0/applications', { method: 'POST', headers, body: bytes }),
  );
  return { status: answer.status, body: await answer.json() };
}

test.each([
  [
    'no Content-Type',
    '{"displayName":"x"}',
    undefined,
    'Write requests (excluding DELETE) must contain the Content-Type header declaration.',
  ],
  ['text', 'x', 'text/plain', 'Entity only allows writes with a JSON Content-Type header.'],
  ['a form', 'a=b', 'application/x-www-form-urlencoded', 'Entity only allows writes with a JSON'],
  ['half a JSON', '{"displayName":', 'application/json', 'Unable to read JSON request payload.'],
  ['nothing', null, 'application/json', 'Empty Payload. JSON content expected.'],
  ['a list', '[]', 'application/json', 'Unable to read JSON request payload.'],
])('a body of %s is refused before the directory sees it', async (_what, body, contentType, message) => {
  expect(await post(body, contentType)).toMatchObject({
    status: 400,
    body: { error: { code: 'BadRequest', message: expect.stringContaining(message) } },
  });
});

test('a Content-Type with parameters is JSON still', async () => {
  expect(await post('{"displayName":"x"}', 'application/json; charset=utf-8')).toMatchObject({ status: 201 });
});

test('a link that Graph makes with the object is not left out in silence', async () => {
  const body = JSON.stringify({
    displayName: 'x',
    'createdOnBehalfOf@odata.bind': 'https://graph.microsoft.com/v1.0/users/1',
  });
  expect(await post(body, 'application/json')).toMatchObject({ status: 501 });
});
