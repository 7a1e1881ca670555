import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import type { OpenBrowser, ShowCode } from '../ports.ts';
import { signInByBrowser } from './browser.ts';
import { signInByDeviceCode } from './device-code.ts';
import { failures } from './failures.ts';
import { createMsalNetwork, type NetworkOptions } from './msal-network.ts';
import { adminScopes, azureScopes, graphScopes } from './scopes.ts';
import { createSession, type Session } from './session.ts';
import { signInFailure } from './sign-in-failure.ts';

/** Microsoft Graph Command Line Tools: Microsoft's own public client, the one that `Connect-MgGraph` uses. */
const defaultClientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/**
 * Microsoft Azure CLI, a public client that every tenant knows. Between two products of Microsoft no admin can consent
 * (AADSTS65002, learn.microsoft.com/entra/identity-platform/reference-error-codes), and Graph Command Line Tools is not
 * preauthorised for Azure Resource Manager. So Azure needs a sign-in with a client of its own.
 */
const azureClientId = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** Which way in, and the port it needs. */
export type SignInWay =
  | {
      readonly way: 'device code';
      readonly showCode: ShowCode;
      readonly openBrowser?: OpenBrowser | undefined;
    }
  | {
      readonly way: 'browser';
      readonly openBrowser: OpenBrowser;
      readonly showCode?: ShowCode | undefined;
    };

export type SignInOptions = NetworkOptions &
  SignInWay & {
    /** GUID of the only tenant that may be signed in to. */
    readonly tenant: string;
    readonly clientId?: string | undefined;
    /** How long the browser may take, 15 minutes unless told; a device code brings its own end. */
    readonly browserMs?: number | undefined;
  };

/** Signs an admin in to one tenant. Rejects with a Failure: refused, expired, wrong tenant, missing scopes, cancelled. */
export async function signIn(options: SignInOptions): Promise<Session> {
  const clientId = options.clientId ?? defaultClientId;
  return await open(options, { clientId, scopes: graphScopes(options.cloud), required: adminScopes });
}

/** Signs a person in to Azure Resource Manager in one tenant; `clientId` is not used. Rejects like `signIn`. */
export async function signInToAzure(options: SignInOptions): Promise<Session> {
  const scopes = [`${options.cloud.arm}/.default`];
  return await open(options, { clientId: azureClientId, scopes, required: azureScopes });
}

interface Access {
  readonly clientId: string;
  readonly scopes: string[];
  readonly required: readonly string[];
}

async function open(options: SignInOptions, { clientId, scopes, required }: Access): Promise<Session> {
  const { cloud, tenant, clock, way } = options;
  const { PublicClientApplication } = await import('@azure/msal-node');
  const network = createMsalNetwork(options);
  const app = new PublicClientApplication({
    auth: { clientId, authority: `${cloud.login}/${tenant}` },
    system: { networkClient: network.module },
  });

  async function orFailure(work: () => Promise<AuthenticationResult>): Promise<AuthenticationResult> {
    try {
      options.signal?.throwIfAborted();
      return await work();
    } catch (error) {
      throw signInFailure(error, network.failure(), options.signal);
    }
  }

  const first = await orFailure(() => askPerson(app, scopes, options));
  const { account } = first;
  async function renew(): Promise<AuthenticationResult> {
    if (account === null) throw failures.notAPerson();
    return await app.acquireTokenSilent({ account, scopes, forceRefresh: true });
  }

  const session = createSession(first, {
    tenant,
    cloud: cloud.name,
    way,
    clock,
    required,
    renew: () => orFailure(renew),
    forget: () => app.clearCache(),
  });
  options.log.info(`sign-in: signed in by ${way}`);
  return session;
}

function askPerson(app: PublicClientApplication, scopes: string[], options: SignInOptions) {
  return options.way === 'browser'
    ? signInByBrowser(app, scopes, options)
    : signInByDeviceCode(app, scopes, options);
}
