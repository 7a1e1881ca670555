import * as z from 'zod/mini';

/** What one side tells the other instead of a reply: a code to quote, what happened, and the next move. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly hint: string;

  constructor({ code, message, hint }: { code: string; message: string; hint: string }) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** A page that VS Code restored may be older than the host: another number is another agreement, and is ignored. */
const version = 1;

const v = z.literal(version);
const id = z.int();
const text = z.string().check(z.maxLength(10_000));

/** What travels. An ask without `id` wants no answer. */
const Envelope = z.discriminatedUnion('type', [
  z.strictObject({ v, type: z.literal('ask'), id: z.optional(id), kind: z.string(), message: z.unknown() }),
  z.strictObject({ v, type: z.literal('reply'), id, reply: z.unknown() }),
  z.strictObject({
    v,
    type: z.literal('error'),
    id,
    error: z.strictObject({ code: text, message: text, hint: text }),
  }),
]);
type Envelope = z.infer<typeof Envelope>;
type AskEnvelope = Extract<Envelope, { type: 'ask' }>;
type AnswerEnvelope = Exclude<Envelope, { type: 'ask' }>;

/** Carries messages to the other side, and gives those from there until the returned function is called. */
export interface Wire {
  post(message: unknown): void;
  listen(receive: (message: unknown) => void): () => void;
}

export interface Channel<Ours extends Asks<Ours>> {
  /** Rejects with a `Refusal`: the other side's, or one of our own after the timeout and on `dispose`. */
  ask<K extends keyof Ours & string>(kind: K, message: Message<Ours[K]>): Promise<Reply<Ours[K]>>;
  /** Wants no answer. VS Code does not deliver messages to a hidden page. */
  tell<K extends keyof Ours & string>(kind: K, message: Message<Ours[K]>): void;
  dispose(): void;
}

export interface ChannelOptions<Ours extends Asks<Ours>, Theirs extends Asks<Theirs>> {
  readonly wire: Wire;
  readonly ours: Ours;
  readonly theirs: Theirs;
  readonly handlers: Handlers<Theirs>;
  /** What the other side may know of a handler's error. */
  readonly refusalOf: (error: unknown) => Refusal;
  /** Told of ignored messages, but nothing of what they hold. */
  readonly log: (line: string) => void;
}

/** Host and page each open one; every message is checked by its schema before it is used. */
export function openChannel<Ours extends Asks<Ours>, Theirs extends Asks<Theirs>>(
  options: ChannelOptions<Ours, Theirs>,
): Channel<Ours> {
  const { wire, ours, log } = options;
  const waiting = new Map<number, (answer: AnswerEnvelope) => void>();
  const stop = wire.listen((data) => {
    const { data: envelope } = z.safeParse(Envelope, data);
    if (!envelope) log('A message of another version or shape was ignored.');
    else if (envelope.type === 'ask') void answer(options, envelope);
    else waiting.get(envelope.id)?.(envelope);
  });
  let last = 0;
  return {
    tell: (kind, message) => wire.post({ v: version, type: 'ask', kind, message }),
    ask(kind, message) {
      const id = ++last;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const reply = new Promise<Reply<Ours[typeof kind]>>((resolve, reject) => {
        const refuse = (code: string, message: string): void =>
          reject(new Refusal({ code, message, hint: '' }));
        timer = setTimeout(() => refuse('TA-NO-REPLY', 'No reply came.'), ours[kind].timeoutMs ?? 30_000);
        waiting.set(id, (reply) => {
          if (reply.type === 'error') return reject(new Refusal(reply.error));
          const parsed = z.safeParse<Ours[typeof kind]['reply']>(ours[kind].reply, reply.reply);
          if (parsed.success) resolve(parsed.data);
          else refuse('TA-ODD-REPLY', 'The reply could not be understood.');
        });
      });
      wire.post({ v: version, type: 'ask', id, kind, message });
      return reply.finally(() => {
        clearTimeout(timer);
        waiting.delete(id);
      });
    },
    dispose() {
      stop();
      const error = { code: 'TA-CLOSED', message: 'The form was closed.', hint: '' };
      for (const [id, settle] of waiting) settle({ v: version, type: 'error', id, error });
    },
  };
}

async function answer<Theirs extends Asks<Theirs>>(
  { wire, theirs, handlers, refusalOf, log }: Omit<ChannelOptions<Theirs, Theirs>, 'ours'>,
  { id, kind, message }: AskEnvelope,
): Promise<void> {
  const known = (name: string): name is keyof Theirs & string => Object.hasOwn(theirs, name);
  if (!known(kind)) return log('A message of an unknown kind was ignored.');
  const parsed = z.safeParse<Theirs[typeof kind]['message']>(theirs[kind].message, message);
  if (!parsed.success) return log(`A message of kind "${kind}" did not fit its schema and was ignored.`);
  try {
    const reply = await handlers[kind](parsed.data);
    if (id !== undefined) wire.post({ v: version, type: 'reply', id, reply });
  } catch (error) {
    const { code, message, hint } = refusalOf(error);
    if (id !== undefined) wire.post({ v: version, type: 'error', id, error: { code, message, hint } });
  }
}

/** One kind of question: what is asked, what is answered, and how long the asker waits (30 s unless told). */
interface Ask {
  readonly message: z.ZodMiniType;
  readonly reply: z.ZodMiniType;
  readonly timeoutMs?: number;
}

/** What one side may ask, by kind. */
type Asks<T> = { readonly [K in keyof T]: Ask };
type Message<A extends Ask> = z.output<A['message']>;
type Reply<A extends Ask> = z.output<A['reply']>;

/** One handler for each kind: forget one and it does not compile. */
export type Handlers<T extends Asks<T>> = {
  readonly [K in keyof T]: (message: Message<T[K]>) => Promise<Reply<T[K]>>;
};
