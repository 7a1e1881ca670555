import { errors } from '../advice/errors.ts';
import type { Clock } from '../ports.ts';
import type { OnWait, Wait } from './retry.ts';

/** Bounds all the waits of one piece of work. */
export interface Patience {
  /** Waits and says true; says false at once where the time allowed would be exceeded, or at `giveUp`. */
  wait(wait: Wait): Promise<boolean>;
}

export interface PatienceOptions {
  readonly clock: Clock;
  readonly doing: string;
  readonly onWait?: OnWait | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly giveUp?: AbortSignal | undefined;
  /** For the work and our own waits together, 3 min. Waits that the service asks for have 15 min of their own. */
  readonly budgetMs?: number | undefined;
}

const toldBudgetMs = 15 * 60_000;

export function createPatience({
  clock,
  doing,
  onWait,
  signal,
  giveUp,
  budgetMs = 3 * 60_000,
}: PatienceOptions): Patience {
  const start = clock.now();
  let toldMs = 0;
  return {
    async wait({ ms, told, reason }) {
      const ownMs = clock.now() - start - toldMs;
      if (told ? toldMs + ms > toldBudgetMs : ownMs + ms > budgetMs) return false;
      if (told) toldMs += ms;
      onWait?.({ doing, ms, reason });
      return await pause({ clock, doing, signal, giveUp }, ms);
    },
  };
}

async function pause({ clock, doing, signal, giveUp }: PatienceOptions, ms: number): Promise<boolean> {
  try {
    await clock.sleep(ms, giveUp ?? signal);
    return true;
  } catch (error) {
    if (giveUp?.aborted === true) return false;
    throw signal?.aborted === true ? errors.cancelled('', { doing, cause: error }) : error;
  }
}
