import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { openChannel, Refusal, type Wire } from '../../src/contract/channel.ts';
import { fromPage, toPage } from '../../src/contract/messages.ts';
import { fromSetUpPage } from '../../src/contract/set-up.ts';

const kinds = Object.keys(fromPage);
const id = fc.string({ minLength: 1, maxLength: 64 });
const typed = {
  customer: fc.string(),
  to: fc.string(),
  cc: fc.string(),
  subject: fc.string(),
  body: fc.string(),
};
const receiptSeconds = fc.oneof(fc.integer({ min: -10, max: 4000 }), fc.double());
const draft = fc.record({ ...typed, receiptSeconds });
const attachments = fc.array(fc.record({ id, name: fc.string(), size: fc.integer() }), { maxLength: 2 });
const version = fc.constantFrom(1, 2);
const savedDraft = fc.record({ ...typed, version, waits: fc.boolean(), seconds: fc.string(), attachments });
/** Messages that are nearly or quite right, so that some reach a handler. */
const body = fc.oneof(
  fc.constant({}),
  fc.record({ customer: fc.oneof(id, fc.integer()) }),
  fc.record({ attachments: fc.array(id) }),
  fc.record({ draft, attachments: fc.array(fc.oneof(id, fc.integer())) }),
  savedDraft,
  fc.record({ address: fc.string(), code: fc.string() }, { requiredKeys: ['code'] }),
  fc.record({ __proto__: fc.object(), path: fc.string() }),
  fc.anything(),
);
const kind = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...kinds) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(toPage), '__proto__', 'toString', 'constructor') },
  { weight: 1, arbitrary: fc.string() },
);
const ask = fc.record({
  v: fc.constant(1),
  type: fc.constant('ask'),
  id: fc.oneof({ weight: 9, arbitrary: fc.integer() }, { weight: 1, arbitrary: fc.anything() }),
  kind,
  message: body,
});
const noise = fc.record(
  {
    v: fc.constantFrom(1, 2, '1'),
    type: fc.constantFrom('ask', 'reply', 'error', 'view'),
    id: fc.integer(),
    kind,
    message: body,
    reply: fc.anything(),
    error: fc.anything(),
    command: fc.constant('workbench.action.quit'),
  },
  { requiredKeys: [] },
);
const anyMessage = fc.oneof(
  { weight: 7, arbitrary: ask },
  { weight: 2, arbitrary: noise },
  { weight: 1, arbitrary: fc.anything() },
);

/** The host's channel, and every call of a handler. */
function listening() {
  const calls: { kind: string; message: unknown }[] = [];
  let hear: (message: unknown) => void = () => undefined;
  const wire: Wire = {
    post: () => undefined,
    listen: (receive) => {
      hear = receive;
      return () => undefined;
    },
  };
  const note =
    (kind: string) =>
    (message: unknown): Promise<never> => {
      calls.push({ kind, message });
      return Promise.reject(new Error('heard'));
    };
  const refusalOf = () => new Refusal({ code: 'TA-TEST', message: '', hint: '' });
  openChannel({
    wire,
    ours: toPage,
    theirs: fromPage,
    log: () => undefined,
    refusalOf,
    handlers: {
      ready: note('ready'),
      keep: note('keep'),
      pickFiles: note('pickFiles'),
      addTestFile: note('addTestFile'),
      send: note('send'),
      chose: note('chose'),
      cancel: note('cancel'),
      confirmReceipt: note('confirmReceipt'),
      copyEvidence: note('copyEvidence'),
      handOver: note('handOver'),
      showMailbox: note('showMailbox'),
      showLog: note('showLog'),
    },
  });
  return { calls, hear };
}

test('of 10,000 messages none throws, and a handler hears only what fits its schema', () => {
  const { calls, hear } = listening();
  fc.assert(
    fc.property(anyMessage, (message) => {
      hear(message);
    }),
    // Always the same ones: of others one day none would reach the strictest handler.
    { numRuns: 10_000, seed: 1 },
  );
  expect(calls.length).toBeGreaterThan(100);
  const schemas = new Map<string, z.ZodMiniType>(
    Object.entries(fromPage).map(([kind, ask]) => [kind, ask.message]),
  );
  for (const { kind, message } of calls) {
    const schema = schemas.get(kind) ?? z.never();
    expect(z.safeParse(schema, message).success, kind).toBe(true);
  }
  expect(new Set(calls.map(({ kind }) => kind)).size).toBe(kinds.length);
});

/** Each object that a message may hold: whether it takes unknown fields, and the names of those that it knows. */
function objectsIn(schema: unknown): { readonly open: boolean; readonly names: readonly string[] }[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const inside = Object.values(schema).flatMap(objectsIn);
  if (!('type' in schema) || schema.type !== 'object') return inside;
  const names = 'properties' in schema ? Object.keys(schema.properties ?? {}) : [];
  return [
    { open: !('additionalProperties' in schema && schema.additionalProperties === false), names },
    ...inside,
  ];
}

test.each(Object.entries({ ...fromPage, ...fromSetUpPage }))(
  'a page says %s in a form that is closed, and in it neither a path nor a command',
  (_, { message }) => {
    const objects = objectsIn(z.toJSONSchema(message, { io: 'input' }));
    expect(objects.length).toBeGreaterThan(0);
    for (const { open, names } of objects) {
      expect(open, names.join(', ')).toBe(false);
      expect(names.filter((name) => /path|file|folder|uri|url|command|html/i.test(name))).toEqual([]);
    }
  },
);
