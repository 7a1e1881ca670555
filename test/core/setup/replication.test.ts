import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isReplicationLag } from '../../../src/core/setup/replication.ts';

const answer = (status: number, body: unknown) => ({
  status,
  body,
  requestId: undefined,
  retryAfterMs: undefined,
});
const error = (code: string, message: string, details?: unknown) => ({
  error: { code, message, ...(details ? { details } : {}) },
});
const texts = [
  "The appId 'x' of the service principal does not reference a valid application object.",
  'Not a valid reference update',
];
const backing = 'The backing application of the service principal being created must in the local tenant';

test.each([
  [404, error('Request_ResourceNotFound', 'Resource does not exist')],
  [403, error('Authorization_RequestDenied', backing)],
  [400, error('Request_BadRequest', '...', [{ code: 'NoBackingApplicationObject' }])],
  [400, error('Request_BadRequest', '...', [{ code: null }, { code: 'NoBackingApplicationObject' }])],
  ...texts.map((text): [number, unknown] => [400, error('Request_BadRequest', text)]),
])('a %i that means "not known here yet"', (status, body) => {
  expect(isReplicationLag(answer(status, body))).toBe(true);
});

test.each([
  [404, error('UnknownError', 'Resource does not exist')],
  [403, error('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')],
  [403, error('Request_ResourceNotFound', 'x')],
  [400, error('Request_BadRequest', backing)],
  [400, error('Request_ResourceNotFound', 'x')],
  [400, error('Request_BadRequest', 'Permission being assigned already exists on the object')],
  [409, error('Request_ResourceNotFound', texts[0] ?? '')],
  [404, undefined],
  [404, '<html>'],
  [404, { error: 'invalid_grant' }],
])('a %i that is believed', (status, body) => {
  expect(isReplicationLag(answer(status, body))).toBe(false);
});

const code = fc.oneof(
  fc.constantFrom('Request_ResourceNotFound', 'Request_BadRequest', 'Authorization_RequestDenied'),
  fc.string(),
);
const message = fc.oneof(fc.constantFrom(...texts, backing, 'Insufficient privileges'), fc.string());
const details = fc.option(
  fc.array(fc.record({ code: fc.oneof(fc.string(), fc.constant('NoBackingApplicationObject')) })),
  {
    nil: undefined,
  },
);

test('nothing else is ever taken for lag', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), code, message, details, (status, c, m, d) => {
      const listed =
        (status === 404 && c === 'Request_ResourceNotFound') ||
        (status === 403 && m.includes('backing application of the service principal')) ||
        (status === 400 &&
          (d?.some((one) => one.code === 'NoBackingApplicationObject') ||
            texts.some((text) => m.includes(text.slice(-40)))));
      if (isReplicationLag(answer(status, error(c, m, d)))) expect(listed).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('no shape of a body makes it throw', () => {
  fc.assert(
    fc.property(fc.constantFrom(400, 403, 404), fc.jsonValue(), (status, body) => {
      expect(isReplicationLag(answer(status, body))).toBe(false);
    }),
  );
});
