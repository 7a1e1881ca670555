import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import { type Entrance, naming } from './failures.ts';
import { createMsalNetwork, type NetworkOptions } from './msal-network.ts';
import { signInFailure } from './sign-in-failure.ts';

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

export async function openMsal(
  options: NetworkOptions & { readonly tenant: string },
  access: Access,
): Promise<Msal> {
  const { cloud, tenant, signal } = options;
  const { PublicClientApplication } = await import('@azure/msal-node');
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
