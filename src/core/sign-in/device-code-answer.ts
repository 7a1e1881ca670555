import * as z from 'zod/mini';
import type { Cloud } from '../cloud/clouds.ts';
import type { HttpResponse } from '../cloud/http.ts';
import { trustedUrl } from '../cloud/trusted-url.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';
import { signInFailures } from './failures.ts';

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
