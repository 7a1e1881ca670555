import { type AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import * as z from 'zod/mini';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { type Entrance, naming, signInFailures } from './failures.ts';
import { createMsalNetwork, type NetworkOptions } from './msal-network.ts';

/** MSAL for one client and one tenant, its traffic in our pipeline. */
export interface Msal {
  readonly app: PublicClientApplication;
  /** The work is a sign-in, which the options' signal ends. Rejects with a Failure, whatever MSAL throws. */
  signIn(work: () => Promise<AuthenticationResult>): Promise<AuthenticationResult>;
  /** Rejects likewise. */
  renew(work: () => Promise<AuthenticationResult>): Promise<AuthenticationResult>;
}

/** What to sign in for, and as which client. */
export interface Access extends Entrance {
  readonly clientId: string;
  readonly scopes: string[];
  /** What a service asks of the sign-in besides, as its claims challenge says it: JSON. */
  readonly claims?: string | undefined;
  readonly required: readonly string[];
}

export function openMsal(options: NetworkOptions & { readonly tenant: string }, access: Access): Msal {
  const { cloud, tenant, signal } = options;
  const network = createMsalNetwork(options);
  const app = new PublicClientApplication({
    auth: { clientId: access.clientId, authority: `${cloud.login}/${tenant}` },
    system: { networkClient: network.module },
  });
  return {
    app,
    async signIn(work) {
      try {
        signal?.throwIfAborted();
        const result = await work();
        network.outlive();
        return result;
      } catch (error) {
        throw naming(signInFailure(error, network.failure(), signal), access);
      }
    },
    async renew(work) {
      try {
        return await work();
      } catch (error) {
        throw naming(signInFailure(error, network.failure(), undefined), access);
      }
    },
  };
}

const MsalError = z.object({
  errorCode: z.string(),
  errorMessage: z.string(),
  subError: z.optional(z.string()),
});

/**
 * What a sign-in or a renewal died of. `error` is what MSAL threw, `underneath` what its last request failed with.
 */
function signInFailure(error: unknown, underneath: unknown, signal: AbortSignal | undefined): Failure {
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
