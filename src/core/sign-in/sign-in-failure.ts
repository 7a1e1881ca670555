import * as z from 'zod/mini';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { signInFailures } from './failures.ts';

const MsalError = z.object({
  errorCode: z.string(),
  errorMessage: z.string(),
  subError: z.optional(z.string()),
});

/**
 * What a sign-in or a renewal died of. `error` is what MSAL threw, `underneath` what its last request failed with.
 */
export function signInFailure(error: unknown, underneath: unknown, signal: AbortSignal | undefined): Failure {
  if (signal?.aborted) return errors.cancelled('', { doing: say`sign in`, cause: error });
  if (error instanceof Failure) return error;
  if (underneath instanceof Failure) return underneath;
  const msal = z.safeParse(MsalError, error);
  if (!msal.success) return signInFailures.signInFailed(error instanceof Error ? error.name : 'unknown');
  const { errorCode, errorMessage, subError } = msal.data;
  // What the browser brings back has its number in the text alone, unlike the token endpoint's answers.
  const number = /^AADSTS(\d+)/.exec(errorMessage)?.[1];
  if (number === undefined) return signInFailures.signInFailed(errorCode);
  return signInFailures.refusedInBrowser({
    error: errorCode,
    error_description: errorMessage,
    error_codes: [Number(number)],
    ...(subError === undefined ? {} : { suberror: subError }),
  });
}
