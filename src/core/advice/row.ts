import type { Advice, Who } from './failure.ts';

/** One row of an advice table. */
export function row(cause: string, who: Who, next: string, retry: Advice['retry'] = 'no'): Advice {
  return { cause, who, next, retry };
}
