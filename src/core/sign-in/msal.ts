import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
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

export async function openMsal(
  options: NetworkOptions & { readonly tenant: string },
  clientId: string,
): Promise<Msal> {
  const { cloud, tenant, signal } = options;
  const { PublicClientApplication } = await import('@azure/msal-node');
  const network = createMsalNetwork(options);
  const app = new PublicClientApplication({
    auth: { clientId, authority: `${cloud.login}/${tenant}` },
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
        throw signInFailure(error, network.failure(), signal);
      }
    },
    async renew(work) {
      try {
        return await work();
      } catch (error) {
        throw signInFailure(error, network.failure(), undefined);
      }
    },
  };
}
