import { inMail, refusal } from '../cloud/answers.ts';
import type { HttpResponse } from '../cloud/http.ts';
import { mayHaveActed } from '../cloud/retry.ts';
import type { Clock } from '../ports.ts';
import { drain, forTrouble, type Look, type NotYet, waitUntil } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import type { Words } from '../words/say.ts';

/** Why it is open whether a request was carried out. */
export interface InDoubt extends NotYet {
  readonly failure: Failure;
}

export const inDoubt = (failure: Failure): InDoubt => ({
  because: 'trouble',
  reason: failure.words,
  toldMs: failure.retryAfterMs,
  failure,
});

const tries = 4;

/**
 * Sends a request that creates something. After a lost answer or a 5xx, which leave open whether it was carried out, it
 * looks first, and sends again only if there is nothing. Gives the answer of the create or of the look. Throws a Failure.
 */
export async function createOnce(
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal | undefined },
  doing: Words,
  create: () => Promise<HttpResponse>,
  find: () => Promise<HttpResponse | undefined>,
): Promise<HttpResponse> {
  let round = 0;
  let last: Failure | undefined;
  const look = async (): Promise<Look<HttpResponse, InDoubt>> => {
    const found = last && (await find().catch(stillOpen));
    if (found) return { settled: found };
    round += 1;
    if (last && round > tries) throw last;
    const outcome = await createAttempt(create, doing, signal);
    if (!(outcome instanceof Failure)) return { settled: outcome };
    last = outcome;
    return inDoubt(outcome);
  };
  const created = waitUntil(look, {
    doing,
    clock,
    signal,
    ...forTrouble,
    overdue: ({ failure }) => {
      throw failure;
    },
    stopped: () => {
      throw errors.cancelled('', { doing, doubt: true });
    },
  });
  return await drain(created);
}

/** Where the look fails as well, it stays open what was created. */
function stillOpen(failure: unknown): never {
  throw failure instanceof Failure ? failure.retold({ doubt: true }) : failure;
}

/** An answer that settles it, or the Failure that leaves it open. */
export async function createAttempt(
  create: () => Promise<HttpResponse>,
  doing: Words,
  signal: AbortSignal | undefined,
): Promise<HttpResponse | Failure> {
  try {
    const response = await create();
    return mayHaveActed(response.status) ? refusal(response, inMail(doing)) : response;
  } catch (failure) {
    if (failure instanceof Failure && failure.doubt && signal?.aborted !== true) return failure;
    throw failure;
  }
}
