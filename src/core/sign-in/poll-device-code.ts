import * as z from 'zod/mini';
import type { Cloud } from '../cloud/clouds.ts';
import type { Http, HttpRequest, HttpResponse } from '../cloud/http.ts';
import { trustedUrl } from '../cloud/trusted-url.ts';
import type { Clock, Log } from '../ports.ts';
import { drain, type Look, waitUntil } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';
import { signInFailures } from './failures.ts';

const slowDownMs = 5_000;

/** Failures that say nothing about the code itself: the next poll may get through. */
const passing = new Set([
  'TA-NO-CONNECTION',
  'TA-PROXY',
  'TA-NO-ANSWER',
  'TA-TIMED-OUT',
  'TA-SOMETHING-BETWEEN',
  'TA-ERROR-PAGE',
  'TA-ODD-ANSWER',
]);

type Poll =
  | { readonly kind: 'final'; readonly response: HttpResponse }
  | { readonly kind: 'pending' | 'slow down' }
  | { readonly kind: 'disturbed'; readonly reason: Words; readonly toldMs: number | undefined };

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
  const { http, clock, log, signal } = ports;
  let { intervalMs } = plan;
  const look = async (): Promise<Look<HttpResponse>> => {
    const poll = await pollOnce(request, http);
    if (poll.kind === 'final') return { settled: poll.response };
    if (poll.kind === 'slow down') intervalMs += slowDownMs;
    if (poll.kind !== 'disturbed')
      return {
        because: 'lag',
        reason:
          poll.kind === 'pending' ? say`no one has entered the code yet` : say`Microsoft asks to slow down`,
        toldMs: undefined,
      };
    log.info(`sign-in: still waiting (${poll.reason})`);
    return { because: 'lag', reason: poll.reason, toldMs: poll.toldMs };
  };
  const waiting = waitUntil(look, {
    doing: request.doing,
    clock,
    signal,
    patienceMs: plan.expiresInMs,
    // As often as Entra said, and it may say otherwise meanwhile.
    *pauses() {
      for (;;) yield intervalMs;
    },
    overdue: () => {
      throw signInFailures.codeExpired();
    },
  });
  return await drain(waiting);
}

async function pollOnce(request: HttpRequest, http: Http): Promise<Poll> {
  try {
    return judge(await http.send(request));
  } catch (error) {
    if (error instanceof Failure && passing.has(error.code))
      return { kind: 'disturbed', reason: say`${error.code}`, toldMs: error.retryAfterMs };
    throw error;
  }
}

const Body = z.object({ error: z.optional(z.string()), access_token: z.optional(z.string()) });

function judge(response: HttpResponse): Poll {
  const body = z.safeParse(Body, response.body);
  const { error, access_token } = body.success ? body.data : {};
  if (error === 'authorization_pending') return { kind: 'pending' };
  // RFC 8628 has it; Entra does not document it.
  if (error === 'slow_down') return { kind: 'slow down' };
  const { status, retryAfterMs } = response;
  const refused = error !== undefined && status >= 400 && status < 500 && status !== 429;
  if (refused || (status === 200 && access_token !== undefined)) return { kind: 'final', response };
  return { kind: 'disturbed', reason: say`HTTP ${status}`, toldMs: retryAfterMs };
}

const DeviceCodeAnswer = z.object({
  user_code: z.string().check(z.regex(/^[A-Za-z0-9-]{4,32}$/)),
  device_code: z.string().check(z.minLength(1)),
  verification_uri: z.string(),
  expires_in: z.number().check(z.positive(), z.maximum(86_400)),
  interval: z._default(z.number(), 5),
});

/** How long to poll for, and how often. */
export interface PollPlan {
  readonly expiresInMs: number;
  readonly intervalMs: number;
}

/**
 * MSAL checks neither status nor content of this answer, and would show whatever page it names. A page that is not
 * Microsoft's is how a code is phished, so such a code is never shown.
 */
export function readDeviceCodeAnswer(response: HttpResponse, cloud: Cloud): PollPlan {
  const { status, body, requestId } = response;
  const doing = say`ask for a device code`;
  if (status !== 200) throw signInFailures.refused({ status, body, requestId, doing });
  const answer = z.safeParse(DeviceCodeAnswer, body);
  if (!answer.success) {
    const path = answer.error.issues[0]?.path.join('.') ?? '';
    throw errors.oddAnswer(doing, { path, status, requestId });
  }
  const { verification_uri, expires_in, interval } = answer.data;
  trustedUrl(say`The page for the device code`, verification_uri, cloud.verificationHosts);
  return { expiresInMs: expires_in * 1000, intervalMs: Math.min(Math.max(interval, 1), 60) * 1000 };
}
