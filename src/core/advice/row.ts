import type { Sentence } from '../words/say.ts';
import type { Advice, Who } from './failure.ts';

/** One row of an advice table. */
export function row(cause: Sentence, who: Who, next: Sentence, retry: Advice['retry'] = 'no'): Advice {
  return { cause, who, next, retry };
}
