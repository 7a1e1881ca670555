import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import * as z from 'zod/mini';
import type { Cloud } from '../cloud/clouds.ts';
import { jsonOrUndefined } from '../json.ts';
import type { Clock, Log, OpenBrowser, ShowCode } from '../ports.ts';
import { Secret } from '../secret.ts';
import { browserMayWork } from '../words/entra-app.ts';
import { Failure } from '../words/failure.ts';
import { signInByBrowser } from './browser.ts';
import { signInFailures } from './failures.ts';
import type { Access, Msal } from './msal.ts';
import type { NetworkOptions } from './msal-network.ts';
import { createSession, type Session } from './session.ts';

/** Microsoft's own public client, the one that `Connect-MgGraph` uses. */
const commandLineTools = {
  client: 'Microsoft Graph Command Line Tools',
  clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
};

/**
 * Microsoft Azure CLI, a public client that every tenant knows. Between two products of Microsoft no admin can consent
 * (AADSTS65002, learn.microsoft.com/entra/identity-platform/reference-error-codes), and Graph Command Line Tools is not
 * preauthorised for Azure Resource Manager. So Azure needs a sign-in with a client of its own.
 */
const azureCli = { client: 'Microsoft Azure CLI', clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' };

/** Which way in, and the ports it needs. */
export type SignInWay =
  | {
      readonly way: 'device code';
      readonly showCode: ShowCode;
      readonly otherwise?: WayOut | undefined;
    }
  | {
      readonly way: 'browser';
      readonly openBrowser: OpenBrowser;
    };

/** Where a policy of the tenant refuses the device code and the browser may pass: the same run goes on there. */
interface WayOut {
  /** Asks the person whether to sign in by browser, after this refusal. */
  readonly offerBrowser: (refusal: Failure) => Promise<boolean>;
  readonly openBrowser: OpenBrowser;
}

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
export async function startSession(options: SignInOptions): Promise<Session> {
  return await askPerson(options, adminAccess(options));
}

/**
 * Signs a person in to Azure Resource Manager in one tenant; `clientId` is not used. `claims`: what Azure asks of the
 * sign-in besides, from its claims challenge. Rejects like `startSession`.
 */
export async function signInToAzure(
  options: SignInOptions & { readonly claims?: string | undefined },
): Promise<Session> {
  const { claims } = options;
  const scopes = [`${options.cloud.arm}/.default`];
  const service = 'Azure Resource Manager';
  return await askPerson(options, { ...azureCli, service, scopes, claims, required: azureScopes });
}

/** Goes on with what a session's `keep` gave, asking no one. Rejects with a Failure where Entra no longer takes it. */
export async function continueSignIn(options: Options, kept: Secret): Promise<Session> {
  const { way, cache } = readKept(kept);
  const access = adminAccess(options);
  const msal = await loadMsal(options, access);
  const first = await msal.signIn(async () => {
    msal.app.getTokenCache().deserialize(cache);
    const [account] = await msal.app.getAllAccounts();
    if (account === undefined) throw signInFailures.signedOut();
    return await msal.app.acquireTokenSilent({ account, scopes: access.scopes, forceRefresh: true });
  });
  return open(first, way, { options, access, msal });
}

/** Throws a Failure where the cloud has no client of Microsoft's that would do. */
function adminAccess({ clientId, cloud }: Options): Access {
  // Not replicated to 21Vianet (github.com/microsoftgraph/msgraph-sdk-powershell/issues/2255).
  if (clientId === undefined && !cloud.hasGraphTools) throw signInFailures.clientNeeded(cloud);
  const client = clientId === undefined ? commandLineTools : { client: `client id ${clientId}`, clientId };
  return { ...client, service: 'Microsoft Graph', scopes: graphScopes(cloud), required: adminScopes };
}

/** By device code, and where a policy refuses it by browser, if the person agrees. */
async function askPerson(options: SignInOptions, access: Access): Promise<Session> {
  if (options.way === 'browser') return await askInBrowser(options, access);
  const { otherwise } = options;
  try {
    const msal = await loadMsal(options, access);
    const first = await msal.signIn(() => signInByDeviceCode(msal.app, access, options));
    return open(first, 'device code', { options, access, msal });
  } catch (refusal) {
    const mayPass = refusal instanceof Failure && browserMayWork(refusal.code);
    if (!otherwise || !mayPass || !(await otherwise.offerBrowser(refusal))) throw refusal;
    options.log.info('sign-in: the device code was refused, so by browser');
    return await askInBrowser({ ...options, openBrowser: otherwise.openBrowser }, access);
  }
}

type InBrowser = Options & Pick<SignInOptions, 'browserMs'> & { readonly openBrowser: OpenBrowser };

async function askInBrowser(options: InBrowser, access: Access): Promise<Session> {
  const msal = await loadMsal(options, access);
  const first = await msal.signIn(() => signInByBrowser(msal.app, access, options));
  return open(first, 'browser', { options, access, msal });
}

/** MSAL takes longer to load than everything else, so only a sign-in loads it. */
async function loadMsal(options: Options, access: Access): Promise<Msal> {
  const { openMsal } = await import('./msal.ts');
  return openMsal(options, access);
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
  const silently = (scopes: string[]): Promise<AuthenticationResult> =>
    msal.renew(async () => {
      if (account === null) throw signInFailures.notAPerson();
      return await msal.app.acquireTokenSilent({ account, scopes, forceRefresh: true });
    });
  const session = createSession(first, {
    tenant,
    cloud: cloud.name,
    way,
    clock,
    required,
    renew: () => silently(scopes),
    ask: (scope) => silently([scope]),
    keep: () => keptText({ way, cache: msal.app.getTokenCache().serialize() }),
    forget: () => msal.app.clearCache(),
  });
  log.info(`sign-in: signed in by ${way}`);
  return session;
}

const Kept = z.object({
  way: z.enum(['device code', 'browser']),
  /** As MSAL serializes it: a refresh token among other things. */
  cache: z.string(),
});
type Kept = z.infer<typeof Kept>;

const keptText = (kept: Kept): Secret => new Secret(JSON.stringify(kept));

/** Throws a Failure where it is not what a session gave to be kept. */
function readKept(kept: Secret): Kept {
  const read = Kept.safeParse(jsonOrUndefined(kept.reveal()));
  if (!read.success) throw signInFailures.signedOut();
  return read.data;
}

/** What the admin's token must allow: register the app, grant its permissions, read what pre-flight looks at. */
export const adminScopes = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'Directory.Read.All',
  'Organization.Read.All',
  'Policy.Read.All',
] as const;

/** The same with Graph's address in front; without it Entra takes them for the worldwide Graph's in every cloud. */
function graphScopes(cloud: Cloud): string[] {
  return adminScopes.map((scope) => `${cloud.graph}/${scope}`);
}

/** The one delegated permission of Azure Resource Manager. */
const azureScopes = ['user_impersonation'] as const;

/** Shows a code and waits until someone signed in with it. The wait and its end are in the network under `app`. */
async function signInByDeviceCode(
  app: PublicClientApplication,
  { scopes, claims }: Pick<Access, 'scopes' | 'claims'>,
  { clock, log, showCode }: { clock: Clock; log: Log; showCode: ShowCode },
): Promise<AuthenticationResult> {
  const result = await app.acquireTokenByDeviceCode({
    scopes,
    ...(claims === undefined ? {} : { claims }),
    deviceCodeCallback: ({ userCode, verificationUri, expiresIn }) => {
      log.info(`sign-in: device code shown, good for ${expiresIn} s`);
      showCode({ userCode, verificationUri, expiresAt: clock.now() + expiresIn * 1000 });
    },
  });
  // Typed so; MSAL 7 either rejects or gives a result.
  if (result === null) throw signInFailures.signInFailed('no result');
  return result;
}
