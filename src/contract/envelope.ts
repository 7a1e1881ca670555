import * as z from 'zod/mini';

/** A page that VS Code restored may be older than the host: another number is another agreement, and is ignored. */
export const version = 1;

const v = z.literal(version);
const id = z.int();
const text = z.string().check(z.maxLength(10_000));

/** What travels. An ask without `id` wants no answer. */
export const Envelope = z.discriminatedUnion('type', [
  z.strictObject({ v, type: z.literal('ask'), id: z.optional(id), kind: z.string(), message: z.unknown() }),
  z.strictObject({ v, type: z.literal('reply'), id, reply: z.unknown() }),
  z.strictObject({
    v,
    type: z.literal('error'),
    id,
    error: z.strictObject({ code: text, message: text, hint: text }),
  }),
]);
export type Envelope = z.infer<typeof Envelope>;
export type AskEnvelope = Extract<Envelope, { type: 'ask' }>;
export type AnswerEnvelope = Exclude<Envelope, { type: 'ask' }>;
