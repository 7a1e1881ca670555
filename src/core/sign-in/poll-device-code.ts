import * as z from 'zod/mini';
import { Failure } from '../advice/failure.ts';
import type { Http, HttpRequest, HttpResponse } from '../cloud/http.ts';
import { retryAfterMs } from '../cloud/retry-after.ts';
import { jsonOrUndefined } from '../json.ts';
import type { Clock, Log } from '../ports.ts';
import type { PollPlan } from './device-code-answer.ts';
import { failures } from './failures.ts';

const slowDownMs = 5_000;

/** Failures that say nothing about the code itself: the next poll may get through. */
const passing = new Set([
  'TA-NO-CONNECTION',
  'TA-NO-ANSWER',
  'TA-TIMED-OUT',
  'TA-SOMETHING-BETWEEN',
  'TA-ODD-ANSWER',
]);

type Poll =
  | { readonly kind: 'final'; readonly response: HttpResponse }
  | { readonly kind: 'pending' | 'slow down' }
  | { readonly kind: 'disturbed'; readonly reason: string; readonly waitMs: number };

interface PollPorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal | undefined;
}

/**
 * Polls the token endpoint until its answer is final, and returns that answer, a refusal too. MSAL's own loop ends the
 * sign-in at the first lost connection, 429, 5xx or `slow_down` although the code is still good, and cannot be stopped
 * while it sleeps; so MSAL polls once and the wait is here. Rejects with `failures.codeExpired` when the time is up.
 */
export async function pollDeviceCode(request: HttpRequest, plan: PollPlan, ports: PollPorts) {
  const { clock, log, signal } = ports;
  const expiresAt = clock.now() + plan.expiresInMs;
  let intervalMs = plan.intervalMs;
  for (;;) {
    const askedAt = clock.now();
    const poll = await pollOnce(request, ports);
    if (poll.kind === 'final') return poll.response;
    // Only a poll made after the end counts as the last: the admin may have approved while this machine slept.
    if (askedAt >= expiresAt) throw failures.codeExpired();
    if (poll.kind === 'disturbed') log.info(`sign-in: still waiting (${poll.reason})`);
    if (poll.kind === 'slow down') intervalMs += slowDownMs;
    const toEnd = Math.max(expiresAt - clock.now(), 0);
    const told = poll.kind === 'disturbed' ? poll.waitMs : 0;
    await clock.sleep(Math.max(Math.min(intervalMs, toEnd), told), signal);
  }
}

async function pollOnce(request: HttpRequest, { http, clock }: PollPorts): Promise<Poll> {
  try {
    return judge(await http.send(request), clock.now());
  } catch (error) {
    if (error instanceof Failure && passing.has(error.code)) {
      return { kind: 'disturbed', reason: error.code, waitMs: 0 };
    }
    throw error;
  }
}

const Body = z.object({ error: z.optional(z.string()), access_token: z.optional(z.string()) });

function judge(response: HttpResponse, now: number): Poll {
  const body = z.safeParse(Body, jsonOrUndefined(response.text));
  const { error, access_token } = body.success ? body.data : {};
  if (error === 'authorization_pending') return { kind: 'pending' };
  // RFC 8628 has it; Entra does not document it.
  if (error === 'slow_down') return { kind: 'slow down' };
  const { status } = response;
  const refused = error !== undefined && status >= 400 && status < 500 && status !== 429;
  if (refused || (status === 200 && access_token !== undefined)) return { kind: 'final', response };
  const told = retryAfterMs(response.header('retry-after'), response.header('date'), now);
  return { kind: 'disturbed', reason: `HTTP ${status}`, waitMs: told ?? 0 };
}
