import * as z from 'zod/mini';
import { Refusal } from './refusal.ts';

/** One kind of question: what is asked, what is answered, and how long the asker waits (30 s unless told). */
export interface Ask {
  readonly message: z.ZodMiniType;
  readonly reply: z.ZodMiniType;
  readonly timeoutMs?: number;
}
export type Asks = Readonly<Record<string, Ask>>;
type Message<A extends Ask> = z.output<A['message']>;
type Reply<A extends Ask> = z.output<A['reply']>;
/** One handler for each kind: forget one and it does not compile. */
export type Handlers<T extends Asks> = {
  readonly [K in keyof T]: (message: Message<T[K]>) => Promise<Reply<T[K]>>;
};

/** Carries messages to the other side, and gives those from there until the returned function is called. */
export interface Wire {
  post(message: unknown): void;
  listen(receive: (message: unknown) => void): () => void;
}

export interface Channel<Ours extends Asks> {
  /** Rejects with a `Refusal`: the other side's, or one of our own after the timeout and on `dispose`. */
  ask<K extends keyof Ours & string>(kind: K, message: Message<Ours[K]>): Promise<Reply<Ours[K]>>;
  /** Wants no answer. A message to a hidden page is lost: VS Code does not deliver it. */
  tell<K extends keyof Ours & string>(kind: K, message: Message<Ours[K]>): void;
  dispose(): void;
}

export interface ChannelOptions<Ours extends Asks, Theirs extends Asks> {
  readonly wire: Wire;
  readonly ours: Ours;
  readonly theirs: Theirs;
  readonly handlers: Handlers<Theirs>;
  /** What the other side may know of an error of a handler. */
  readonly refusalOf: (error: unknown) => Refusal;
  /** Told of messages that were ignored; holds nothing of their content. */
  readonly log: (line: string) => void;
}

const version = 1;
const v = z.literal(version);
const id = z.int();
const text = z.string().check(z.maxLength(10_000));
const ErrorReply = z.strictObject({ code: text, message: text, hint: text });
const Envelope = z.discriminatedUnion('type', [
  z.strictObject({ v, type: z.literal('ask'), id: z.optional(id), kind: z.string(), message: z.unknown() }),
  z.strictObject({ v, type: z.literal('reply'), id, reply: z.unknown() }),
  z.strictObject({ v, type: z.literal('error'), id, error: ErrorReply }),
]);
type Envelope = z.infer<typeof Envelope>;

/** Host and page each open one; every message is checked by its schema before it is handled. */
export function openChannel<Ours extends Asks, Theirs extends Asks>(
  options: ChannelOptions<Ours, Theirs>,
): Channel<Ours> {
  const { wire, ours, theirs, handlers, refusalOf, log } = options;
  const waiting = new Map<number, (answer: Exclude<Envelope, { type: 'ask' }>) => void>();
  const post = (envelope: Envelope): void => wire.post(envelope);
  let last = 0;

  const answer = async ({ id, kind, message }: Extract<Envelope, { type: 'ask' }>): Promise<void> => {
    const ask = Object.hasOwn(theirs, kind) ? theirs[kind] : undefined;
    const parsed = ask && z.safeParse(ask.message, message);
    if (!parsed?.success) return log(parsed ? `A message ${kind} is not as agreed.` : 'A message is unknown.');
    try {
      const reply = await handlers[kind](parsed.data);
      if (id !== undefined) post({ v: version, type: 'reply', id, reply });
    } catch (error) {
      const { code, message, hint } = refusalOf(error);
      if (id !== undefined) post({ v: version, type: 'error', id, error: { code, message, hint } });
    }
  };

  const stop = wire.listen((data) => {
    const parsed = z.safeParse(Envelope, data);
    if (!parsed.success) log('A message of another version or shape was ignored.');
    else if (parsed.data.type === 'ask') void answer(parsed.data);
    else waiting.get(parsed.data.id)?.(parsed.data);
  });
}
