import { afterEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { openChannel, Refusal, type Wire } from '../../src/contract/channel.ts';
import { errorFrom } from '../support/error-from.ts';

const asks = {
  double: { message: z.strictObject({ n: z.number() }), reply: z.strictObject({ n: z.number() }) },
  hurry: { message: z.strictObject({}), reply: z.strictObject({}), timeoutMs: 50 },
} as const;
const nothing = {} as const;

afterEach(() => void vi.useRealTimers());

/** Two ends of one line: what one posts, the other hears a turn later, as a copy. */
function wirePair(): readonly [Wire, Wire] {
  const ears: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [new Set(), new Set()];
  const wire = (mine: 0 | 1): Wire => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => ears[mine === 0 ? 1 : 0].forEach((hear) => void hear(copy)));
    },
    listen(hear) {
      ears[mine].add(hear);
      return () => void ears[mine].delete(hear);
    },
  });
  return [wire(0), wire(1)];
}

function pair(handlers: {
  double: (message: { n: number }) => Promise<{ n: number }>;
  hurry?: () => Promise<Record<string, never>>;
}) {
  const [near, far] = wirePair();
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const refusalOf = (error: unknown) =>
    error instanceof Refusal ? error : new Refusal({ code: 'TA-UNEXPECTED', message: '', hint: '' });
  const common = { log, refusalOf };
  const asker = openChannel({ ...common, wire: near, ours: asks, theirs: nothing, handlers: nothing });
  const answerer = openChannel({
    ...common,
    wire: far,
    ours: nothing,
    theirs: asks,
    handlers: { hurry: async () => ({}), ...handlers },
  });
  return { asker, answerer, logged, near, far };
}

test('every question gets its own answer, whatever the order', async () => {
  const held: (() => void)[] = [];
  const { asker } = pair({
    double: ({ n }) => new Promise((resolve) => held.push(() => resolve({ n: 2 * n }))),
  });
  const answers = Promise.all([1, 2, 3].map((n) => asker.ask('double', { n })));
  await vi.waitFor(() => expect(held).toHaveLength(3));
  for (const answer of held.reverse()) answer();
  expect(await answers).toEqual([{ n: 2 }, { n: 4 }, { n: 6 }]);
});

test("a handler's error arrives as code, message and hint, and nothing else of it", async () => {
  const { asker } = pair({
    double: () => Promise.reject(new Refusal({ code: 'TA-X', message: 'No.', hint: 'Try two.' })),
  });
  const error = await errorFrom(asker.ask('double', { n: 1 }));
  expect(error).toBeInstanceOf(Refusal);
  expect(error).toMatchObject({ code: 'TA-X', message: 'No.', hint: 'Try two.' });
});

test('an error that is not ours arrives without its text', async () => {
  const { asker } = pair({ double: () => Promise.reject(new Error('/home/x/secret')) });
  expect(await errorFrom(asker.ask('double', { n: 1 }))).toMatchObject({
    code: 'TA-UNEXPECTED',
    message: '',
  });
});

test('a question without an answer ends after its own time', async () => {
  vi.useFakeTimers();
  const { asker } = pair({
    double: async () => ({ n: 0 }),
    hurry: () => new Promise(() => undefined),
  });
  const ended = errorFrom(asker.ask('hurry', {}));
  await vi.advanceTimersByTimeAsync(49);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await ended).toMatchObject({ code: 'TA-NO-REPLY' });
  expect(vi.getTimerCount()).toBe(0);
});

test('closing ends what is still asked, and hears nothing more', async () => {
  const { asker, answerer } = pair({ double: () => new Promise(() => undefined) });
  const ended = errorFrom(asker.ask('double', { n: 1 }));
  asker.dispose();
  expect(await ended).toMatchObject({ code: 'TA-CLOSED' });
  answerer.dispose();
});

test('a reply that is not as agreed is an error', async () => {
  const { asker, far } = pair({ double: () => new Promise(() => undefined) });
  const ended = errorFrom(asker.ask('double', { n: 1 }));
  far.post({ v: 1, type: 'reply', id: 1, reply: { n: 'two' } });
  expect(await ended).toMatchObject({ code: 'TA-ODD-REPLY' });
});

test('what is only told gets no answer', async () => {
  const heard: unknown[] = [];
  const { asker, near } = pair({
    double: async ({ n }) => {
      heard.push(n);
      return { n };
    },
  });
  const back: unknown[] = [];
  near.listen((message) => back.push(message));
  asker.tell('double', { n: 5 });
  await vi.waitFor(() => expect(heard).toEqual([5]));
  // An answer would come before that to the next question.
  await asker.ask('double', { n: 6 });
  expect(back).toEqual([expect.objectContaining({ reply: { n: 6 } })]);
});

test.each([
  ['another version', { v: 2, type: 'ask', id: 1, kind: 'double', message: { n: 1 } }],
  ['an unknown kind', { v: 1, type: 'ask', id: 1, kind: 'constructor', message: {} }],
  ['a field too many', { v: 1, type: 'ask', id: 1, kind: 'double', message: { n: 1, path: '/etc' } }],
  ['no message at all', undefined],
])('%s is ignored and logged, with nothing of what it holds', async (_, message) => {
  const handled = vi.fn(async () => ({ n: 0 }));
  const { near, logged } = pair({ double: handled });
  near.post(message);
  await vi.waitFor(() => expect(logged).toHaveLength(1));
  expect(handled).not.toHaveBeenCalled();
  expect(logged[0]).not.toMatch(/etc|constructor/);
});
