import type { AuthenticationResult } from '@azure/msal-node';
import * as z from 'zod/mini';
import type { CloudName } from '../cloud/clouds.ts';
import { payloadOf } from '../json.ts';
import type { Clock } from '../ports.ts';
import { Secret } from '../secret.ts';
import { errors } from '../words/errors.ts';
import { signInFailures } from './failures.ts';

/** An admin signed in to one tenant. Tokens are in memory only, unless a face asks for them with `keep`. */
export interface Session {
  /** GUID, lower case. */
  readonly tenantId: string;
  readonly cloud: CloudName;
  readonly way: 'device code' | 'browser';
  readonly admin: {
    readonly objectId: string;
    readonly userPrincipalName: string;
    readonly displayName: string;
  };
  /** roleTemplateIds of the admin's directory roles; roles held through groups may be missing. */
  readonly wids: readonly string[];
  /** Delegated permissions granted, which may be more than were asked for. */
  readonly scopes: readonly string[];
  /** A token of Graph, or of Azure after `signInToAzure`, good for some minutes more, renewed without asking anyone. Rejects with a Failure. */
  token(): Promise<Secret>;
  /** One of another service, for the same person and client, without asking anyone: `https://vault.azure.net/.default`. Rejects with a Failure. */
  tokenFor(scope: string): Promise<Secret>;
  /** All that `continueSignIn` needs to go on as this admin, for a store that keeps secrets. */
  keep(): Secret;
  /** Forgets all tokens. */
  signOut(): void;
}

/** Ten minutes: time for the longest single call, and for `iat`, which lies up to five minutes back. */
const renewBeforeMs = 10 * 60_000;

interface SessionOptions {
  readonly tenant: string;
  readonly cloud: CloudName;
  readonly way: Session['way'];
  readonly clock: Clock;
  /** Delegated permissions that every token must have. */
  readonly required: readonly string[];
  /** Asks MSAL for a new token with the refresh token it holds. */
  readonly renew: () => Promise<AuthenticationResult>;
  /** The same for another service. */
  readonly ask: (scope: string) => Promise<AuthenticationResult>;
  /** MSAL's own cache, and the emptying of it. */
  readonly keep: () => Secret;
  readonly forget: () => void;
}

export function createSession(first: AuthenticationResult, options: SessionOptions): Session {
  const { cloud, way, clock, renew, ask, keep, forget } = options;
  const { claims, token } = check(first, options);
  let current: { token: Secret; renewAt: number } | undefined = lasting(token, claims, clock);
  return {
    tenantId: claims.tenantId,
    cloud,
    way,
    admin: {
      objectId: claims.objectId,
      userPrincipalName: claims.userPrincipalName,
      displayName: claims.displayName,
    },
    wids: claims.wids,
    scopes: claims.scopes,
    async token() {
      if (current === undefined) throw signInFailures.signedOut();
      if (clock.now() >= current.renewAt) {
        const renewed = check(await renew(), options);
        // Signed out meanwhile.
        if (current === undefined) throw signInFailures.signedOut();
        current = lasting(renewed.token, renewed.claims, clock);
      }
      return current.token;
    },
    async tokenFor(scope) {
      if (current === undefined) throw signInFailures.signedOut();
      return new Secret(check(await ask(scope), { ...options, required: [] }).token);
    },
    keep,
    signOut() {
      current = undefined;
      forget();
    },
  };
}

function lasting(token: string, claims: Claims, clock: Clock): { token: Secret; renewAt: number } {
  return { token: new Secret(token), renewAt: clock.now() + claims.lifetimeMs - renewBeforeMs };
}

function check(
  { accessToken }: AuthenticationResult,
  { tenant, required }: SessionOptions,
): { token: string; claims: Claims } {
  const claims = readClaims(accessToken);
  if (claims === undefined) throw signInFailures.notAPerson();
  if (claims.tenantId !== tenant.toLowerCase()) throw errors.wrongTenant(tenant, claims.tenantId);
  const missing = required.filter((scope) => !claims.scopes.includes(scope));
  if (missing.length > 0) throw signInFailures.missingScopes(missing, claims.userPrincipalName);
  return { token: accessToken, claims };
}

const Claims = z.object({
  tid: z.string(),
  oid: z.string(),
  upn: z.optional(z.string()),
  unique_name: z.optional(z.string()),
  name: z.optional(z.string()),
  wids: z.optional(z.array(z.string())),
  scp: z._default(z.string(), ''),
  iat: z.number(),
  exp: z.number(),
});

/** What an admin's Graph token says about itself. `lifetimeMs` counts from `iat`, which Entra dates back up to 5 min. */
interface Claims {
  readonly tenantId: string;
  readonly objectId: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly wids: readonly string[];
  readonly scopes: readonly string[];
  readonly lifetimeMs: number;
}

/**
 * Reads a token's payload; `undefined` where it is not a token of a person. The signature is not looked at: the token
 * came over TLS from the login host, and Graph tokens cannot be validated by anyone but Graph
 * (learn.microsoft.com/entra/identity-platform/access-tokens).
 */
export function readClaims(token: string): Claims | undefined {
  const parsed = z.safeParse(Claims, payloadOf(token));
  if (!parsed.success) return undefined;
  const { tid, oid, upn, unique_name, name, wids, scp, iat, exp } = parsed.data;
  // A guest has no `upn` here; `unique_name` is then what the portal shows.
  const userPrincipalName = upn ?? unique_name ?? oid;
  return {
    tenantId: tid.toLowerCase(),
    objectId: oid,
    userPrincipalName,
    displayName: name ?? userPrincipalName,
    wids: wids ?? [],
    scopes: scp.split(' ').filter((scope) => scope !== ''),
    lifetimeMs: (exp - iat) * 1000,
  };
}
