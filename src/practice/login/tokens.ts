import { createHash } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { graphClientId, graphPermissions } from '../graph-permissions.ts';
import { urlSafe } from '../ids.ts';
import type { DelegatedSession, Person, ServicePrincipal, State } from '../state.ts';

import { sessionId } from './read-caller.ts';

export { readCaller } from './read-caller.ts';

export const graphAudience = ({ cloud }: State): string => `https://${cloud.graph}`;
export const armAudience = ({ cloud }: State): string => `https://${cloud.arm}`;
/** Names of Azure Resource Manager as a resource; the second is the one of Azure's classic services, which Azure CLI asks for. */
export const armAudiences = ({ cloud }: State): string[] =>
  [cloud.arm, cloud.classic].flatMap((host) => [`https://${host}`, `https://${host}/`]);
/** Azure Resource Manager as Entra knows it ("Windows Azure Service Management API"). */
export const armAppId = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

/** Key Vault's own API, whose name as a resource has no slash at its end. */
export const vaultAudience = ({ cloud }: State): string => `https://${cloud.vaults}`;
/** Key Vault as Entra knows it ("Azure Key Vault"). */
export const vaultAppId = 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093';

/** Seconds a token lives after it is issued. Entra varies a user's between 60 and 90 minutes. */
export const tokenLife = { app: 3599, user: 4823 };

export interface UserTokenRequest {
  readonly person: Person;
  readonly clientId: string;
  /** Scope values as the resource names them: `Application.ReadWrite.All`. */
  readonly scopes: readonly string[];
  readonly audience?: string;
}

/** A delegated access token, for Graph unless told, in Entra's v1 format. */
export function issueUserToken(state: State, request: UserTokenRequest): Promise<string> {
  const { person, clientId } = request;
  return sign(state, tokenLife.user, {
    ...common(state, request.audience ?? graphAudience(state)),
    acct: person.kind === 'guest' ? 1 : 0,
    acr: '1',
    amr: ['pwd', 'mfa'],
    app_displayname: clientId,
    appid: clientId,
    appidacr: '0',
    idtyp: 'user',
    name: person.displayName,
    oid: person.id,
    scp: request.scopes.join(' '),
    sid: sessionId(state, person),
    sub: pairwiseSubject(person, clientId),
    unique_name: person.userPrincipalName,
    upn: person.userPrincipalName,
    // The last one stands in every user's token: it is the role template "User".
    wids: [...person.roles, 'b79fbf4d-3ef9-4689-8143-76b194e85509'],
  });
}

/** Of a session that begins now. */
export function signedInNow({
  clock,
  revocations,
}: State): Pick<DelegatedSession, 'signedInAt' | 'generation'> {
  return { signedInAt: clock.now(), generation: revocations.length };
}

/** An app-only access token. `roles` is what was granted and has arrived by now; it is absent when that is nothing. */
export function issueAppToken(
  state: State,
  servicePrincipal: ServicePrincipal,
  audience = graphAudience(state),
): Promise<string> {
  const roles = rolesOf(state, servicePrincipal);
  return sign(state, tokenLife.app, {
    ...common(state, audience),
    app_displayname: servicePrincipal.graph.displayName,
    appid: servicePrincipal.appId,
    appidacr: '1',
    idtyp: 'app',
    oid: servicePrincipal.id,
    ...(roles.length > 0 ? { roles } : {}),
    sub: servicePrincipal.id,
    // Constant in app tokens, not a directory role.
    wids: ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'],
  });
}

/** The id token of the v2.0 endpoint. */
export async function issueIdToken(
  state: State,
  request: { readonly person: Person; readonly clientId: string; readonly nonce: string | undefined },
): Promise<string> {
  const { person, clientId, nonce } = request;
  const tid = state.organization.id;
  return sign(state, tokenLife.app, {
    aud: clientId,
    iss: `https://${state.cloud.login}/${tid}/v2.0`,
    name: person.displayName,
    ...(nonce ? { nonce } : {}),
    oid: person.id,
    preferred_username: person.userPrincipalName,
    sub: pairwiseSubject(person, clientId),
    tid,
    uti: state.ids.text(22, urlSafe),
    ver: '2.0',
  });
}

function rolesOf(state: State, servicePrincipal: ServicePrincipal): string[] {
  const graph = state.servicePrincipals.find(({ appId }) => appId === graphClientId);
  return state.grants
    .filter(({ principalId, resourceId }) => principalId === servicePrincipal.id && resourceId === graph?.id)
    .filter(({ madeAt }) => state.lag.arrived('grantToToken', madeAt))
    .flatMap(({ appRoleId }) =>
      graphPermissions.filter(({ role }) => role === appRoleId).map(({ value }) => value),
    );
}

function common(state: State, audience: string): JWTPayload {
  const tid = state.organization.id;
  const issuer = `https://${state.cloud.issuer}/${tid}/`;
  return {
    aud: audience,
    iss: issuer,
    idp: issuer,
    aio: state.ids.text(60, urlSafe),
    rh: `1.${state.ids.text(40, urlSafe)}.`,
    tenant_region_scope: 'EU',
    tid,
    uti: state.ids.text(22, urlSafe),
    ver: '1.0',
    xms_ftd: state.ids.text(40, urlSafe),
    xms_idrel: '7 8',
    xms_rd: state.ids.text(20, urlSafe),
    xms_tcdt: 1_590_000_000,
  };
}

async function sign(state: State, lifeSeconds: number, claims: JWTPayload): Promise<string> {
  const { kid, privateKey } = await state.signing();
  const now = Math.floor(state.clock.now() / 1000);
  // Entra dates a token five minutes back, for resources whose clock is behind.
  const from = now - 300;
  return new SignJWT({ ...claims, iat: from, nbf: from, exp: now + lifeSeconds })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: kid, kid })
    .sign(privateKey);
}

/** Entra gives one person another `sub` at each client. */
function pairwiseSubject(person: Person, clientId: string): string {
  return createHash('sha256').update(`${person.id}:${clientId}`).digest('base64url');
}
