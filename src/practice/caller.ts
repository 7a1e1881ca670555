import type { Context } from 'hono';
import { GraphFault } from './graph/answer.ts';
import type { Person, ServicePrincipal } from './state.ts';

/** Who calls Graph, read from the bearer token of the request. */
export type Caller =
  | {
      readonly kind: 'user';
      readonly clientId: string;
      readonly person: Person;
      readonly scopes: ReadonlySet<string>;
    }
  | {
      readonly kind: 'app';
      readonly clientId: string;
      readonly servicePrincipal: ServicePrincipal;
      /** Application permissions, as they stood when the token was issued. */
      readonly roles: ReadonlySet<string>;
    };

/** Hono variables set by the Graph app's token check. */
export interface CallerEnv {
  Variables: { caller: Caller };
}

/**
 * Refuses (403) a caller without one of these permissions, delegated scopes for users and application roles for apps, in
 * Exchange's words, which differ from the directory's.
 */
export function requireMailPermission(c: Context<CallerEnv>, ...anyOf: string[]): Caller {
  const caller = c.get('caller');
  const held = caller.kind === 'user' ? caller.scopes : caller.roles;
  if (!anyOf.some((permission) => held.has(permission))) {
    throw new GraphFault(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  }
  return caller;
}
