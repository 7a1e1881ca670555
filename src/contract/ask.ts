import type * as z from 'zod/mini';

/** One kind of question: what is asked, what is answered, and how long the asker waits (30 s unless told). */
interface Ask {
  readonly message: z.ZodMiniType;
  readonly reply: z.ZodMiniType;
  readonly timeoutMs?: number;
}

/** What one side may ask, by kind. */
export type Asks<T> = { readonly [K in keyof T]: Ask };
export type Message<A extends Ask> = z.output<A['message']>;
export type Reply<A extends Ask> = z.output<A['reply']>;

/** One handler for each kind: forget one and it does not compile. */
export type Handlers<T extends Asks<T>> = {
  readonly [K in keyof T]: (message: Message<T[K]>) => Promise<Reply<T[K]>>;
};
