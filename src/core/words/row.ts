import type { Advice, Who } from './failure.ts';
import type { Words } from './say.ts';

/** One row of an advice table. */
export function row(cause: Words, who: Who, next: Words, retry: Advice['retry'] = 'no'): Advice {
  return { cause, who, next, retry };
}
