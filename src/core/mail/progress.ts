import { Failure } from '../advice/failure.ts';
import type { HttpResponse } from '../cloud/http.ts';
import { requestIdOf } from '../cloud/request-id.ts';
import type { Clock } from '../ports.ts';
import { pause } from './pause.ts';

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
  const requestId = requestIdOf((name) => answer.header(name));
  yield { step, state: 'done', ...file, status: answer.status, requestId, ms: clock.now() - from };
  return value;
}

export interface Patience {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Epoch milliseconds until which a fresh grant is waited for. */
  readonly patientUntil: number;
}

/**
 * Tries, and while Exchange refuses access waits and tries again: a consent reaches it some time after the token shows
 * it. A refusal does nothing, so that asking again is safe.
 */
export async function* patiently<T>(
  step: MailStep,
  { clock, signal, patientUntil }: Patience,
  attempt: () => Promise<Ended<T>>,
): Working<T> {
  for (let ms = 2000; ; ms = Math.min(ms * 2, 30_000)) {
    try {
      return await attempt();
    } catch (failure) {
      const status = accessRefusal(failure);
      const left = patientUntil - clock.now();
      if (status === undefined || left <= 0) throw failure;
      const shorter = Math.min(ms, left);
      yield { step, state: 'waiting', status, ms: shorter };
      await pause(clock, shorter, 'wait for the consent to reach Exchange Online', signal);
    }
  }
}

function accessRefusal(failure: unknown): number | undefined {
  const refused =
    failure instanceof Failure && failure.status === 403 && failure.code === 'ErrorAccessDenied';
  return refused ? failure.status : undefined;
}
