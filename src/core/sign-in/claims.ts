import * as z from 'zod/mini';
import { payloadOf } from '../json.ts';

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
export interface Claims {
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
