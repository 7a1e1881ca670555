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
  /** `optionsAreRead`: whether what answers has looked at the query options of the request. */
  Variables: { caller: Caller; optionsAreRead?: boolean };
  /** Of a request whose token was checked already. */
  Bindings: { caller?: Caller };
}
