import { graphTime } from '../clock.ts';
import type { GrantState, ServicePrincipal, State } from '../state.ts';
import { findServicePrincipal } from './service-principal-store.ts';

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export interface GrantOf {
  readonly principalId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
}

/** Every grant of one service principal, whether or not it is listed yet. */
export function grantsHeldBy(state: State, principalId: string): GrantState[] {
  return state.grants.filter((grant) => grant.principalId === principalId);
}

/** Every grant of roles of one resource to service principals that still exist. */
export function grantsTo(state: State, resourceId: string): GrantState[] {
  return state.grants.filter(
    (grant) =>
      grant.resourceId === resourceId && findServicePrincipal(state, { by: 'id', value: grant.principalId }),
  );
}

export function findGrant(state: State, of: GrantOf): GrantState | undefined {
  return grantsHeldBy(state, of.principalId).find(
    (grant) => grant.resourceId === of.resourceId && grant.appRoleId === of.appRoleId,
  );
}

/** Grants an application role; one that is granted already stays as it is. */
export function addGrant(state: State, of: GrantOf): GrantState {
  const held = findGrant(state, of);
  if (held) return held;
  const id = state.ids.text(43, idAlphabet);
  const madeAt = state.clock.now();
  const graph = {
    id,
    deletedDateTime: null,
    appRoleId: of.appRoleId,
    createdDateTime: graphTime(madeAt),
    principalDisplayName: nameOf(state, of.principalId),
    principalId: of.principalId,
    principalType: 'ServicePrincipal',
    resourceDisplayName: nameOf(state, of.resourceId),
    resourceId: of.resourceId,
  };
  const grant: GrantState = { id, ...of, madeAt, graph };
  state.grants.push(grant);
  return grant;
}

export function removeGrant(state: State, id: string): void {
  const at = state.grants.findIndex((grant) => grant.id === id);
  if (at >= 0) state.grants.splice(at, 1);
}

/** Whether `appRoleId` is one of the roles that the resource offers to applications. */
export function offersRole(resource: ServicePrincipal, appRoleId: string): boolean {
  const roles = resource.graph.appRoles;
  return Array.isArray(roles) && roles.some((role: { id?: unknown }) => role.id === appRoleId);
}

function nameOf(state: State, servicePrincipalId: string): unknown {
  return findServicePrincipal(state, { by: 'id', value: servicePrincipalId })?.graph.displayName ?? null;
}
