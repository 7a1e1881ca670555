import type { InTurn } from '../cloud/http.ts';

/** Requests at once, unless told; and the most that helps: beyond that Microsoft slows down whoever asks. */
export const usualAtOnce = 8;
export const mostAtOnce = 64;

/** After so long without an answer a request no longer counts: one silent tenant must not hold up the others. */
const slowMs = 2000;

export interface Turns {
  readonly inTurn: InTurn;
  /** Resolves when a piece of work could begin at once. */
  free(): Promise<void>;
}

/** Lets so many pieces of work run at once, in the order in which they come. */
export function createTurns(atOnce: number): Turns {
  let left = atOnce;
  const queue: (() => void)[] = [];
  const begin = async (): Promise<void> => {
    if (left === 0) await new Promise<void>((resolve) => queue.push(resolve));
    else left -= 1;
  };
  /** Whoever is next takes the place over, so that no one comes between. */
  const end = (): void => {
    const next = queue.shift();
    if (next) next();
    else left += 1;
  };
  return {
    async free() {
      await begin();
      end();
    },
    async inTurn(work) {
      await begin();
      let ended = false;
      const endOnce = (): void => {
        if (!ended) end();
        ended = true;
      };
      const slow = setTimeout(endOnce, slowMs);
      try {
        return await work();
      } finally {
        clearTimeout(slow);
        endOnce();
      }
    },
  };
}
