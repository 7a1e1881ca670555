import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextTry, type Outcome } from '../../../src/core/cloud/retry.ts';

const answer = (status: number, retryAfterMs?: number): Outcome => ({ kind: 'answer', status, retryAfterMs });
const foreign = (status: number): Outcome => ({ kind: 'foreign answer', status, retryAfterMs: undefined });

const rows: [name: string, outcome: Outcome, safe: boolean, unsafe: boolean][] = [
  ['200', answer(200), false, false],
  ['202 with Retry-After', answer(202, 5_000), false, false],
  ['400', answer(400), false, false],
  ['401', answer(401), false, false],
  ['403', answer(403), false, false],
  ['404', answer(404), false, false],
  ['408', answer(408), true, false],
  ['409', answer(409), false, false],
  ['429', answer(429, 5_000), true, true],
  ['429 without a time', answer(429), true, true],
  ['500', answer(500), true, false],
  ['501', answer(501), false, false],
  ['502', answer(502), true, false],
  ['503', answer(503, 5_000), true, false],
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
  expect(nextTry(outcome, 'safe', 1, 0) !== undefined).toBe(safe);
  expect(nextTry(outcome, 'unsafe', 1, 0) !== undefined).toBe(unsafe);
});

test('a told time is kept to the millisecond', () => {
  expect(nextTry(answer(429, 2_128), 'unsafe', 1, 0.7)).toMatchObject({ ms: 2_128, told: true });
});

test('an unreadable answer is asked for once more only', () => {
  expect(nextTry({ kind: 'broken answer' }, 'safe', 2, 0)).toBeUndefined();
});

test('gives up after five tries, and never waits less than a second or more than its top', () => {
  const outcome = fc.constantFrom(...rows.map(([, value]) => value));
  const replay = fc.constantFrom('safe' as const, 'unsafe' as const);
  fc.assert(
    fc.property(
      outcome,
      replay,
      fc.integer({ min: 1, max: 20 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (...args) => {
        const wait = nextTry(...args);
        const tries = args[2];
        if (wait === undefined) return true;
        return tries < 5 && wait.ms >= 1_000 && (wait.told || wait.ms <= 1_000 * 2 ** tries);
      },
    ),
  );
});
