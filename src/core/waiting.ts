import type { Clock } from './ports.ts';
import { errors } from './words/errors.ts';
import type { Words } from './words/say.ts';

/** What one look at something gave: the end of the wait, or that it has to be looked at again. */
export type Look<T, Open extends NotYet = NotYet> = { readonly settled: T } | Open;

export interface NotYet {
  /** `lag`: not known everywhere yet, often over at once. `trouble`: a server error, a lost answer, or "slow down". */
  readonly because: 'lag' | 'trouble';
  readonly reason: Words;
  /** What the service asked for (`Retry-After`). Nothing is asked earlier. */
  readonly toldMs: number | undefined;
  /** Something came through, so what is left gets short pauses again. */
  readonly moved?: boolean;
}

/** How long until the next look, and for how long it has been waited already. */
interface Wait {
  readonly ms: number;
  readonly waitedMs: number;
}

/** Told before each wait, so that a face can show a countdown. */
export type OnWait = (wait: { readonly doing: Words; readonly ms: number; readonly reason: Words }) => void;

/** Pure: pauses for one wait, from a source of numbers from 0 to 1. */
export type Pauses = (random: () => number) => Iterator<number>;

export interface Waiting<T, Open extends NotYet, Event> {
  /** For messages: `prove the secret`. */
  readonly doing: Words;
  readonly clock: Clock;
  /** Ends the wait at once. */
  readonly signal: AbortSignal | undefined;
  /** From the first look to the last. Waits that the service asks for have a quarter of an hour of their own. */
  readonly patienceMs: number;
  /** Between looks that found no trouble. */
  readonly pauses: Pauses;
  readonly random?: (() => number) | undefined;
  /** Looks at most, counted anew when something came through. */
  readonly tries?: number | undefined;
  /** Told before the first look. */
  readonly firstAfterMs?: number | undefined;
  /** Made into an event of the story that waits. */
  readonly tell?: ((wait: Wait, open: Open) => Event) | undefined;
  /** What it means that the patience is over; often a Failure. */
  readonly overdue: (open: Open, waitedMs: number) => T | Promise<T>;
  /** What it means that the signal came during a pause, where that is not simply a Failure. */
  readonly stopped?: ((open: Open) => T | Promise<T>) | undefined;
}

/** Tries that are given to trouble before it is taken for lasting. */
export const troubleTries = 5;
/** Where a service is in trouble and names no time: never under a second, and growing. */
const troublePauses = growing({ firstMs: 1000, capMs: 30_000, factor: 2.5 });
const toldBudgetMs = 15 * 60_000;
/** For a wait in which whatever has to be asked again is trouble, so that the pauses for lag are never asked. */
export const forTrouble = { patienceMs: 3 * 60_000, pauses: troublePauses } as const;

/** Pauses that grow, each shortened by up to a quarter so that many runs do not ask in step; none is under the first. */
export function growing(range: { firstMs: number; capMs: number; factor?: number }): Pauses {
  const { firstMs, capMs, factor = 2 } = range;
  return function* (random) {
    for (let ms = firstMs; ; ms = Math.min(ms * factor, capMs))
      yield Math.max(firstMs, Math.round(ms * (1 - random() / 4)));
  };
}

/**
 * The one way to ask again: every wait for a service goes through here. It looks at once, never earlier than told, a last
 * time when the patience ends, and not at all once it was stopped. A look may be a story of its own.
 */
export async function* waitUntil<T, Open extends NotYet = NotYet, Event = never>(
  look: () => Promise<Look<T, Open>> | AsyncGenerator<Event, Look<T, Open>>,
  how: Waiting<T, Open, Event>,
): AsyncGenerator<Event, T> {
  const { clock, tell } = how;
  const next = createAccount(how);
  await beforeFirst(how);
  for (;;) {
    const askedAt = clock.now();
    const looking = look();
    const found = looking instanceof Promise ? await looking : yield* looking;
    if ('settled' in found) return found.settled;
    const waitedMs = clock.now() - next.begun;
    const ms = next.pause(found, askedAt);
    if (ms === undefined) return await how.overdue(found, waitedMs);
    if (tell) yield tell({ ms, waitedMs }, found);
    const stopped = await pause(ms, how);
    if (stopped) return await stopped(found);
  }
}

async function beforeFirst<T, Open extends NotYet, Event>(how: Waiting<T, Open, Event>): Promise<void> {
  const { signal, doing, stopped, firstAfterMs } = how;
  if (signal?.aborted === true && !stopped) throw errors.cancelled('', { doing });
  if (firstAfterMs) await pause(firstAfterMs, how);
}

/** Gives `stopped` where the signal came and that is not simply a Failure. */
async function pause<T, Open extends NotYet, Event>(
  ms: number,
  { clock, signal, doing, stopped }: Waiting<T, Open, Event>,
): Promise<typeof stopped> {
  try {
    await clock.sleep(ms, signal);
    return undefined;
  } catch (cause) {
    if (signal?.aborted !== true) throw cause;
    if (stopped) return stopped;
    throw errors.cancelled('', { doing, cause });
  }
}

/** Of one wait: how much of the patience is used up, and the next pause; none where it is over. */
function createAccount<T, Open extends NotYet, Event>(how: Waiting<T, Open, Event>) {
  const { clock, patienceMs, random = Math.random, tries = Number.POSITIVE_INFINITY } = how;
  const begun = clock.now();
  const anew = () => ({ lag: how.pauses(random), trouble: troublePauses(random), tried: 0 });
  let since = anew();
  let toldSoFar = 0;
  return {
    begun,
    pause({ because, toldMs, moved }: Open, askedAt: number): number | undefined {
      if (moved) since = anew();
      since.tried += 1;
      const own: number = since[because].next().value;
      const until = begun + patienceMs + toldSoFar;
      // Only what was asked after the end counts as the last look: this machine may have slept meanwhile.
      if (askedAt >= until || since.tried >= tries) return undefined;
      const left = Math.max(0, until - clock.now());
      if (toldMs === undefined) return inTime(own, left, because);
      const ms = Math.max(own, toldMs);
      toldSoFar += ms;
      return toldSoFar > toldBudgetMs ? undefined : ms;
    },
  };
}

/** A service in trouble is not asked a last time within the second. */
function inTime(own: number, left: number, because: NotYet['because']): number | undefined {
  if (because === 'trouble' && own > left) return undefined;
  return Math.min(own, left);
}

/** A work that cannot be cut itself: once stopped its end is not waited for. */
export async function orStopped<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  doing: Words,
): Promise<T> {
  if (signal === undefined) return await work;
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(errors.cancelled('', { doing }));
  });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Runs a generator of core to its end, showing what it yields, and gives what it returns. Where showing fails it is closed. */
export async function drain<Event, Result>(
  story: AsyncGenerator<Event, Result>,
  show: (event: Event) => Promise<void> | void = () => {},
): Promise<Result> {
  try {
    let step = await story.next();
    for (; !step.done; step = await story.next()) await show(step.value);
    return step.value;
  } catch (cause) {
    await story.throw(cause);
    throw cause;
  }
}
