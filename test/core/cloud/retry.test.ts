import { expect, test } from 'vitest';
import { mayHaveActed, reasonToRetry, type TryOutcome } from '../../../src/core/cloud/retry.ts';

const answer = (status: number): TryOutcome => ({ kind: 'answer', status });
const foreign = (status: number): TryOutcome => ({ kind: 'foreign answer', status });

const rows: [name: string, outcome: TryOutcome, safe: boolean, unsafe: boolean][] = [
  ['200', answer(200), false, false],
  ['202', answer(202), false, false],
  ['400', answer(400), false, false],
  ['401', answer(401), false, false],
  ['403', answer(403), false, false],
  ['404', answer(404), false, false],
  ['408', answer(408), true, false],
  ['409', answer(409), false, false],
  ['429', answer(429), true, true],
  ['500', answer(500), true, false],
  ['501', answer(501), false, false],
  ['502', answer(502), true, false],
  ['503', answer(503), true, false],
  ['504', answer(504), true, false],
  ['507, mailbox full', answer(507), false, false],
  ['HTML 200', foreign(200), false, false],
  ['HTML 403', foreign(403), false, false],
  ['HTML 429', foreign(429), true, true],
  ['HTML 502', foreign(502), true, false],
  ['broken answer', { kind: 'broken answer' }, true, false],
  ['no connection', { kind: 'no connection' }, true, true],
  ['untrusted certificate', { kind: 'untrusted certificate' }, false, false],
  ['no answer', { kind: 'no answer' }, true, false],
];

test.each(rows)('%s: asked again if safe %s, if unsafe %s', (_name, outcome, safe, unsafe) => {
  expect(reasonToRetry(outcome, 'safe', 1) !== undefined).toBe(safe);
  expect(reasonToRetry(outcome, 'unsafe', 1) !== undefined).toBe(unsafe);
});

test('an unreadable answer is asked for once more only', () => {
  expect(reasonToRetry({ kind: 'broken answer' }, 'safe', 2)).toBeUndefined();
});

test.each(rows)('%s: given up after five tries', (_name, outcome) => {
  expect(reasonToRetry(outcome, 'safe', 5)).toBeUndefined();
});

test.each<[TryOutcome, string]>([
  [{ kind: 'no connection' }, 'no connection'],
  [answer(429), 'Microsoft asks to slow down'],
  [{ kind: 'no answer' }, 'no answer'],
  [{ kind: 'broken answer' }, 'unreadable answer'],
  [answer(503), 'the service answered 503'],
])('%j is asked again, and told as: %s', (outcome, told) => {
  expect(reasonToRetry(outcome, 'safe', 1)).toEqual(told);
});

test('a service may have acted though it refuses with a status of trouble, a guest network may not', () => {
  const statuses = [200, 400, 407, 408, 409, 429, 499, 500, 503, 510, 511, 512, 599];
  expect(statuses.filter(mayHaveActed)).toEqual([408, 500, 503, 510, 512, 599]);
});
