import { expect, test } from 'vitest';
import { callAs, createDirectory, outcomeOf, personNamed } from '../../support/graph-caller.ts';

const json = { 'Content-Type': 'application/json' };
const read = (id: string, url = '/organization') => ({ id, method: 'GET', url });
const make = (id: string, displayName: unknown = id) => ({
  id,
  method: 'POST',
  url: '/applications',
  headers: json,
  body: { displayName },
});

/** Sends a batch as Grace; `statuses` in the order of the answers. */
async function batch(...requests: unknown[]) {
  const directory = await createDirectory();
  const answer = await directory.call('POST', '/$batch', { requests });
  const responses = answer.body.responses;
  const statuses: [string, number][] = Array.isArray(responses)
    ? responses.map(({ id, status }) => [id, status])
    : [];
  return { ...directory, answer, statuses };
}

test('each item has its own status, headers and body; the order is another than asked', async () => {
  const { answer, statuses } = await batch(read('a'), make('b'), read('c', '/nowhere'));
  expect(answer.status).toBe(200);
  expect(statuses).toEqual([
    ['c', 404],
    ['b', 201],
    ['a', 200],
  ]);
  expect(answer.body.responses).toMatchObject([
    { body: { error: { message: "Resource not found for the segment 'nowhere'." } } },
    {
      headers: {
        Location: expect.stringContaining('/applications/'),
        'Content-Type': expect.stringMatching(/^application\/json/),
      },
      body: { displayName: 'b' },
    },
    { body: { value: [{ displayName: 'Contoso' }] } },
  ]);
});

test('an answer without a body has none in the batch', async () => {
  const change = {
    id: 'a',
    method: 'PATCH',
    url: '/policies/defaultAppManagementPolicy',
    headers: json,
    body: { isEnabled: false },
  };
  const { answer } = await batch(change);
  const [only] = Object(answer.body.responses);
  expect(only).toMatchObject({ id: 'a', status: 204 });
  expect(Object.keys(only)).not.toContain('body');
});

test('what depends on a failed item fails with 424, and so on down the chain', async () => {
  const { state, statuses, answer } = await batch(
    make('bad', 7),
    { ...make('second'), dependsOn: ['bad'] },
    { ...make('third'), dependsOn: ['second'] },
  );
  expect(Object.fromEntries(statuses)).toEqual({ bad: 400, second: 424, third: 424 });
  expect(answer.body.responses).toContainEqual(
    expect.objectContaining({
      id: 'third',
      body: { error: expect.objectContaining({ code: 'FailedDependency' }) },
    }),
  );
  expect(state.applications).toEqual([]);
});

test('items depend on nothing, each on the one before it, or all that depend on one and the same: no more is played', async () => {
  const after = (id: string, ...dependsOn: string[]) => ({ ...make(id), dependsOn });
  const statusOf = async (...items: object[]) => (await batch(...items)).answer.status;
  expect(await statusOf(make('a'), make('b'), after('c', 'a'), after('d', 'A'))).toBe(200);
  expect(await statusOf(make('a'), after('b', 'a'), after('c', 'b'))).toBe(200);
  expect(await statusOf(make('a'), after('b', 'a'), after('c', 'b'), make('free'))).toBe(501);
  expect(await statusOf(make('a'), make('b'), after('c', 'a', 'b'))).toBe(501);
  expect(await statusOf(make('a'), make('b'), after('c', 'a'), after('d', 'b'))).toBe(501);
});

test('an item runs after the one it depends on', async () => {
  const { answer } = await batch(make('a'), { ...read('b', '/applications'), dependsOn: ['a'] });
  expect(answer.body.responses).toMatchObject([{ body: { value: [{ displayName: 'a' }] } }, { id: 'a' }]);
});

test('items meet the same permissions as single requests', async () => {
  const { tenant, state } = await createDirectory();
  state.usersMayRegisterApplications = false;
  const call = await callAs(tenant, 'uwe');
  const answer = await call('POST', '/$batch', { requests: [make('a'), read('b', '/me')] });
  expect(answer.body.responses).toMatchObject([
    { id: 'b', status: 200, body: { displayName: personNamed(state, 'uwe').displayName } },
    { id: 'a', status: 403 },
  ]);
});

test('an item cannot bring a token of its own', async () => {
  const { answer } = await batch({ ...read('a', '/me'), headers: { Authorization: 'Bearer other' } });
  expect(answer.body.responses).toMatchObject([{ status: 200, body: { displayName: 'Grace Admin' } }]);
});

test('each item is in the log of requests, after the batch', async () => {
  const { state } = await batch(read('a'), make('b'));
  expect(state.requests.map(({ method, path, inBatch, status }) => [method, path, inBatch, status])).toEqual([
    ['POST', '/v1.0/$batch', false, 200],
    ['GET', '/v1.0/organization', true, 200],
    ['POST', '/v1.0/applications', true, 201],
  ]);
});

test('a batch of 20 is answered, one of 21 is refused whole', async () => {
  const items = Array.from({ length: 21 }, (_, at) => make(String(at)));
  expect((await batch(...items.slice(1))).statuses).toHaveLength(20);
  const { answer, state } = await batch(...items);
  expect(outcomeOf(answer)).toBe('400 BadRequest: Number of batch requests exceeds the maximum of 20.');
  expect(state.applications).toEqual([]);
});

test.each([
  ['nothing', [], 'The batch request must contain at least one request.'],
  ['one id twice', [read('a'), read('a')], 'Request Id: a has to be unique in a batch.'],
  ['ids that differ by case', [read('a'), read('A')], 'Request Id: A has to be unique in a batch.'],
  ['an unknown dependency', [{ ...read('a'), dependsOn: ['z'] }], 'Invalid dependency for request Id: a.'],
  [
    'a dependency on a later item',
    [{ ...read('a'), dependsOn: ['b'] }, read('b')],
    'Invalid dependency for request Id: a.',
  ],
  ['a dependency on itself', [{ ...read('a'), dependsOn: ['a'] }], 'Invalid dependency for request Id: a.'],
  [
    'a body without Content-Type',
    [{ id: 'a', method: 'POST', url: '/applications', body: {} }],
    'Write request id : a does not contain Content-Type header or body.',
  ],
  [
    'a write without a body',
    [{ id: 'a', method: 'POST', url: '/applications', headers: json }],
    'Write request id : a does not contain Content-Type header or body.',
  ],
  [
    'a batch in it',
    [{ ...make('a'), url: '/$batch' }],
    'Request Id: a is a batch; batches cannot be nested.',
  ],
  [
    'a batch in it by a detour',
    [{ ...make('a'), url: '/me/../%24batch' }],
    'Request Id: a is a batch; batches cannot be nested.',
  ],
  [
    'an absolute url',
    [read('a', 'https://evil.example/me')],
    'Request url of request Id: a must be a relative url.',
  ],
  [
    'a url of another host',
    [read('a', '//evil.example/me')],
    'Request url of request Id: a must be a relative url.',
  ],
])('a batch with %s is refused whole', async (_what, requests, message) => {
  const { answer, state } = await batch(...requests);
  expect(outcomeOf(answer)).toBe(`400 BadRequest: ${message}`);
  expect(state.requests).toHaveLength(1);
});

test.each([
  ['no requests', {}],
  ['an item without id', { requests: [{ method: 'GET', url: '/me' }] }],
  ['an impossible header', { requests: [{ ...read('a'), headers: { 'a b': 'c' } }] }],
  ['an unknown method', { requests: [{ id: 'a', method: 'LOOK', url: '/me' }] }],
])('a body with %s is refused', async (_what, body) => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call('POST', '/$batch', body))).toBe(
    '400 BadRequest: Invalid batch payload format.',
  );
});

test('a fault strikes an item alone, with its headers', async () => {
  const { call, state } = await createDirectory();
  const answer = { kind: 'status', status: 429, headers: { 'Retry-After': '2.128' }, body: {} } as const;
  state.faults.rules.push({ path: '/v1.0/applications', nth: 1, answer });
  const { body } = await call('POST', '/$batch', { requests: [make('a'), make('b')] });
  expect(body.responses).toMatchObject([
    { id: 'b', status: 201 },
    { id: 'a', status: 429, headers: { 'Retry-After': '2.128' } },
  ]);
});

test.each([
  ['reset-before', 0],
  ['reset-after', 1],
  ['truncate', 1],
] as const)('behind the gateway %s is a 504 of the item', async (kind, made) => {
  const { call, state } = await createDirectory();
  state.faults.rules.push({ path: '/v1.0/applications', answer: { kind } });
  const { body } = await call('POST', '/$batch', { requests: [make('a')] });
  expect(body.responses).toMatchObject([{ id: 'a', status: 504 }]);
  expect(state.applications).toHaveLength(made);
});

test('a body of a GET is ignored, and a url may do without its slash', async () => {
  const { statuses } = await batch({ ...read('a', 'me?$select=id'), body: {} });
  expect(statuses).toEqual([['a', 200]]);
});
