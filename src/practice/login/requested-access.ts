import * as z from 'zod/mini';
import { addGrant } from '../graph/grants.ts';
import { createServicePrincipal, findServicePrincipal } from '../graph/service-principal-store.ts';
import { type GraphPermission, graphClientId, graphPermissions } from '../graph-permissions.ts';
import type { Application, State } from '../state.ts';
import { recordConsent } from './scopes.ts';

const requestedSchema = z.array(
  z.object({
    resourceAppId: z.string(),
    resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })),
  }),
);

export interface RequestedAccess {
  readonly roles: readonly GraphPermission[];
  readonly scopes: readonly GraphPermission[];
}

/** What the registration asks of Microsoft Graph (`requiredResourceAccess`), which by itself grants nothing. */
export function requestedAccess(application: Application): RequestedAccess {
  const ids = requestedSchema
    .parse(application.graph.requiredResourceAccess ?? [])
    .filter(({ resourceAppId }) => resourceAppId === graphClientId)
    .flatMap(({ resourceAccess }) => resourceAccess);
  const asked = (type: string, id: string | undefined) =>
    ids.some((access) => access.type === type && access.id === id);
  return {
    roles: graphPermissions.filter(({ role }) => asked('Role', role)),
    scopes: graphPermissions.filter(({ scope }) => asked('Scope', scope)),
  };
}

/** Admin consent: grants all that the registration asks for, and makes the service principal if there is none. */
export function grantRequestedAccess(state: State, application: Application): void {
  const graph = findServicePrincipal(state, { by: 'appId', value: graphClientId });
  if (!graph) return;
  const principal =
    findServicePrincipal(state, { by: 'appId', value: application.appId }) ??
    createServicePrincipal(state, application);
  const { roles, scopes } = requestedAccess(application);
  for (const { role } of roles) {
    if (role) addGrant(state, { principalId: principal.id, resourceId: graph.id, appRoleId: role });
  }
  recordConsent(
    state,
    application.appId,
    scopes.map(({ value }) => value),
  );
}
