import { beforeEach, expect, test, vi } from 'vitest';
import type { HttpResponse } from '../../../src/core/cloud/http.ts';
import { createOnce } from '../../../src/core/mail/create-once.ts';
import { errors } from '../../../src/core/words/errors.ts';
import { say } from '../../../src/core/words/say.ts';
import { errorFrom } from '../../support/error-from.ts';
import { fakeClock } from '../../support/fake-clock.ts';

beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));

function answer(status: number): HttpResponse {
  return {
    status,
    text: '',
    body: undefined,
    requestId: undefined,
    header: () => undefined,
    retryAfterMs: undefined,
    withoutEchoes: (words) => words,
  };
}

/** A service that carries a request out, or not, and then answers, or not. */
function service(...turns: readonly { acts: boolean; status: number | 'lost' }[]) {
  const things: string[] = [];
  let calls = 0;
  return {
    things,
    calls: () => calls,
    async create() {
      const turn = turns[Math.min(calls, turns.length - 1)] ?? { acts: true, status: 201 };
      calls += 1;
      if (turn.acts) things.push('thing');
      if (turn.status === 'lost') throw errors.noAnswer(say`create a thing`, 'host', 'ECONNRESET', true);
      return answer(turn.status);
    },
    find: async () => (things.length > 0 ? answer(200) : undefined),
  };
}

function run(target: ReturnType<typeof service>, clock = fakeClock(), signal?: AbortSignal) {
  return createOnce({ clock, signal }, say`create a thing`, target.create, target.find);
}

test.each([
  ['an answer', [{ acts: true, status: 201 }], 201, 1],
  ['a lost answer after it was done', [{ acts: true, status: 'lost' }], 200, 1],
  [
    'a lost answer before it was done',
    [
      { acts: false, status: 'lost' },
      { acts: true, status: 201 },
    ],
    201,
    2,
  ],
  ['a 500 after it was done', [{ acts: true, status: 500 }], 200, 1],
  ['a 408 after it was done', [{ acts: true, status: 408 }], 200, 1],
  [
    'a 503 before it was done',
    [
      { acts: false, status: 503 },
      { acts: true, status: 201 },
    ],
    201,
    2,
  ],
  ['a refusal', [{ acts: false, status: 403 }], 403, 1],
] as const)('makes one thing at most after %s', async (_, turns, status, calls) => {
  const target = service(...turns);
  expect((await run(target)).status).toBe(status);
  expect(target.calls()).toBe(calls);
  expect(target.things.length).toBeLessThanOrEqual(1);
});

test('gives up after four times, with growing pauses', async () => {
  const clock = fakeClock();
  const target = service({ acts: false, status: 503 });
  expect(await errorFrom(run(target, clock))).toMatchObject({ status: 503 });
  expect(target.calls()).toBe(4);
  expect(clock.waits).toEqual([1000, 2500, 6250, 15_625]);
});

test('does not look or go on once it is stopped', async () => {
  const target = service({ acts: true, status: 'lost' });
  expect(await errorFrom(run(target, fakeClock(), AbortSignal.abort()))).toMatchObject({
    code: 'TA-NO-ANSWER',
  });
  expect(target.calls()).toBe(1);
});

test('does not ask again where certainly nothing was done', async () => {
  let calls = 0;
  const create = async () => {
    calls += 1;
    throw errors.noConnection(say`create a thing`, 'host', 'ENOTFOUND');
  };
  const failing = createOnce(
    { clock: fakeClock(), signal: undefined },
    say`create a thing`,
    create,
    async () => undefined,
  );
  expect(await errorFrom(failing)).toMatchObject({ code: 'TA-NO-CONNECTION' });
  expect(calls).toBe(1);
});
