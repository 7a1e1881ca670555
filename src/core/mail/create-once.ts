import { Failure } from '../advice/failure.ts';
import type { HttpResponse } from '../cloud/http.ts';
import type { Clock } from '../ports.ts';
import { refusal } from './answers.ts';
import { pause } from './pause.ts';

const tries = 4;

/**
 * Sends a request that creates something. After a lost answer or a 5xx, which leave open whether it was carried out, it
 * looks first, and sends again only if there is nothing. Gives the answer of the create or of the look. Throws a Failure.
 */
export async function createOnce(
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal | undefined },
  doing: string,
  create: () => Promise<HttpResponse>,
  find: () => Promise<HttpResponse | undefined>,
): Promise<HttpResponse> {
  for (let round = 1; ; round += 1) {
    const outcome = await attempt(create, doing, signal);
    if (!(outcome instanceof Failure)) return outcome;
    const found = await find();
    if (found !== undefined) return found;
    if (round === tries) throw outcome;
    await pause(clock, 1000 * 2 ** round, doing, signal);
  }
}

/** An answer that settles it, or the Failure that leaves it open. */
export async function attempt(
  create: () => Promise<HttpResponse>,
  doing: string,
  signal: AbortSignal | undefined,
): Promise<HttpResponse | Failure> {
  try {
    const response = await create();
    return response.status >= 500 ? refusal(response, doing) : response;
  } catch (failure) {
    if (failure instanceof Failure && failure.doubt && signal?.aborted !== true) return failure;
    throw failure;
  }
}
