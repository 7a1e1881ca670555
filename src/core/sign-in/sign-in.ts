import type { AuthenticationResult } from '@azure/msal-node';
import type { OpenBrowser, ShowCode } from '../ports.ts';
import type { Secret } from '../secret.ts';
import { signInByBrowser } from './browser.ts';
import { signInByDeviceCode } from './device-code.ts';
import { failures } from './failures.ts';
import { keptText, readKept } from './kept.ts';
import { type Msal, openMsal } from './msal.ts';
import type { NetworkOptions } from './msal-network.ts';
import { adminScopes, azureScopes, graphScopes } from './scopes.ts';
import { createSession, type Session } from './session.ts';

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

interface Options extends NetworkOptions {
  /** GUID of the only tenant that may be signed in to. */
  readonly tenant: string;
  readonly clientId?: string | undefined;
}

export type SignInOptions = Options &
  SignInWay & {
    /** How long the browser may take, 15 minutes unless told; a device code brings its own end. */
    readonly browserMs?: number | undefined;
  };

/** Signs an admin in to one tenant. Rejects with a Failure: refused, expired, wrong tenant, missing scopes, cancelled. */
export async function signIn(options: SignInOptions): Promise<Session> {
  return await askPerson(options, adminAccess(options));
}

/** Signs a person in to Azure Resource Manager in one tenant; `clientId` is not used. Rejects like `signIn`. */
export async function signInToAzure(options: SignInOptions): Promise<Session> {
  const scopes = [`${options.cloud.arm}/.default`];
  return await askPerson(options, { clientId: azureClientId, scopes, required: azureScopes });
}

/** Goes on with what a session's `keep` gave, asking nobody. Rejects with a Failure where Entra no longer takes it. */
export async function continueSignIn(options: Options, kept: Secret): Promise<Session> {
  const { way, cache } = readKept(kept);
  const access = adminAccess(options);
  const msal = await openMsal(options, access.clientId);
  const first = await msal.signIn(async () => {
    msal.app.getTokenCache().deserialize(cache);
    const [account] = await msal.app.getAllAccounts();
    if (account === undefined) throw failures.signedOut();
    return await msal.app.acquireTokenSilent({ account, scopes: access.scopes, forceRefresh: true });
  });
  return open(first, way, { options, access, msal });
}

/** What to sign in for, and as which client. */
interface Access {
  readonly clientId: string;
  readonly scopes: string[];
  readonly required: readonly string[];
}

const adminAccess = ({ clientId = defaultClientId, cloud }: Options): Access => ({
  clientId,
  scopes: graphScopes(cloud),
  required: adminScopes,
});

async function askPerson(options: SignInOptions, access: Access): Promise<Session> {
  const msal = await openMsal(options, access.clientId);
  const first = await msal.signIn(() =>
    options.way === 'browser'
      ? signInByBrowser(msal.app, access.scopes, options)
      : signInByDeviceCode(msal.app, access.scopes, options),
  );
  return open(first, options.way, { options, access, msal });
}

interface Opened {
  readonly options: Options;
  readonly access: Access;
  readonly msal: Msal;
}

function open(first: AuthenticationResult, way: Session['way'], { options, access, msal }: Opened): Session {
  const { cloud, tenant, clock, log } = options;
  const { scopes, required } = access;
  const { account } = first;
  const session = createSession(first, {
    tenant,
    cloud: cloud.name,
    way,
    clock,
    required,
    renew: () =>
      msal.renew(async () => {
        if (account === null) throw failures.notAPerson();
        return await msal.app.acquireTokenSilent({ account, scopes, forceRefresh: true });
      }),
    keep: () => keptText({ way, cache: msal.app.getTokenCache().serialize() }),
    forget: () => msal.app.clearCache(),
  });
  log.info(`sign-in: signed in by ${way}`);
  return session;
}
