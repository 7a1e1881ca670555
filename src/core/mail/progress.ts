import type { HttpResponse } from '../cloud/http.ts';
import type { Clock } from '../ports.ts';
import { growing, type Look, type NotYet, waitUntil } from '../waiting.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';

export type MailStep = 'token' | 'user' | 'draft' | 'attachment' | 'send';

/** What `sendMail` yields while it runs. `name`: of the attachment; `sent` and `total`: its bytes; `ms`: milliseconds. */
export type MailProgress =
  | { readonly step: MailStep; readonly state: 'started'; readonly name?: string; readonly total?: number }
  | {
      readonly step: 'attachment';
      readonly state: 'progress';
      readonly name: string;
      readonly sent: number;
      readonly total: number;
    }
  | {
      readonly step: MailStep;
      readonly state: 'done';
      readonly name?: string;
      readonly total?: number;
      readonly status: number;
      readonly requestId?: string | undefined;
      readonly ms: number;
    }
  /** Exchange Online does not know the app's permissions yet; `ms` until it is asked again. */
  | { readonly step: MailStep; readonly state: 'waiting'; readonly status: number; readonly ms: number };

/** What a step gave, and the answer that ended it. */
export interface Ended<T> {
  readonly value: T;
  readonly answer: HttpResponse;
}

/** A step on its way. */
export type Working<T> = AsyncGenerator<MailProgress, Ended<T>>;

/** Announces a step, runs it, and says how it ended and how long it took. */
export async function* timed<T>(
  step: MailStep,
  clock: Clock,
  work: Working<T>,
  file: { readonly name?: string; readonly total?: number } = {},
): AsyncGenerator<MailProgress, T> {
  const from = clock.now();
  yield { step, state: 'started', ...file };
  const { value, answer } = yield* work;
  yield {
    step,
    state: 'done',
    ...file,
    status: answer.status,
    requestId: answer.requestId,
    ms: clock.now() - from,
  };
  return value;
}

export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Epoch milliseconds until which a fresh grant is waited for. */
  readonly patientUntil: number;
}

/**
 * Tries, and while Exchange refuses access waits and tries again: a consent reaches it some time after the token shows
 * it. A refusal does nothing, so that asking again is safe.
 */
export function patiently<T>(
  step: MailStep,
  { clock, signal, patientUntil }: Patience,
  attempt: () => Promise<Ended<T>>,
): Working<T> {
  const look = async (): Promise<Look<Ended<T>, Refused>> => {
    try {
      return { settled: await attempt() };
    } catch (failure) {
      if (!isAccessRefusal(failure)) throw failure;
      return { because: 'lag', reason: say`access refused`, toldMs: failure.retryAfterMs, failure };
    }
  };
  return waitUntil(look, {
    doing: say`wait for the consent to reach Exchange Online`,
    clock,
    signal,
    patienceMs: patientUntil - clock.now(),
    pauses: growing({ firstMs: 500, capMs: 30_000 }),
    tell: ({ ms }) => ({ step, state: 'waiting' as const, status: 403, ms }),
    overdue: ({ failure }) => {
      throw failure;
    },
  });
}

interface Refused extends NotYet {
  readonly failure: Failure;
}

/**
 * A refusal whose words name a policy stays one, however long it is waited; its advice is a person's to follow. Where something
 * may have been created before, asking again would create it twice.
 */
function isAccessRefusal(failure: unknown): failure is Failure {
  if (!(failure instanceof Failure) || failure.doubt) return false;
  return failure.status === 403 && failure.code === 'ErrorAccessDenied' && failure.advice.retry === 'ours';
}
