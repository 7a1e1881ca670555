import { Failure } from '../../core/words/failure.ts';
import type { Verdict } from '../ask/ask-text.ts';
import { coreWords } from '../core-words.ts';

/** What came of some work of core: a Failure becomes a problem to show beside the question. */
export async function fieldVerdict<T>(work: () => Promise<T>): Promise<Verdict<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ok: false, problem: `${coreWords(error.words)} ${coreWords(error.advice.next)}` };
  }
}
