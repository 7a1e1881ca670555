import * as z from 'zod/mini';
import { addGrant } from '../graph/grants.ts';
import {
  createServicePrincipal,
  findServicePrincipal,
  liveServicePrincipals,
} from '../graph/service-principal-store.ts';
import { type GraphPermission, graphClientId, graphPermissions } from '../graph-permissions.ts';
import type { Application, ServicePrincipal, State } from '../state.ts';
import { recordConsent } from './scopes.ts';

const requestedSchema = z.array(
  z.object({
    resourceAppId: z.string(),
    resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })),
  }),
);

const offeredRoles = z.array(
  z.object({ id: z.string(), value: z.nullish(z.string()), displayName: z.string() }),
);

export interface RequestedAccess {
  readonly roles: readonly (z.output<typeof offeredRoles>[number] & {
    readonly resource: ServicePrincipal;
  })[];
  readonly scopes: readonly GraphPermission[];
}

/**
 * What the registration asks for (`requiredResourceAccess`), which by itself grants nothing: roles of whatever API the tenant has, and
 * delegated permissions of Microsoft Graph.
 */
export function requestedAccess(state: State, application: Application): RequestedAccess {
  const requested = requestedSchema.parse(application.graph.requiredResourceAccess ?? []);
  const asked = (appId: string, type: string, id: string | undefined) =>
    requested.some(
      ({ resourceAppId, resourceAccess }) =>
        resourceAppId === appId && resourceAccess.some((access) => access.type === type && access.id === id),
    );
  const resources = liveServicePrincipals(state).filter(({ appId }) =>
    requested.some(({ resourceAppId }) => resourceAppId === appId),
  );
  return {
    roles: resources.flatMap((resource) =>
      offeredRoles
        .parse(resource.graph.appRoles)
        .filter(({ id }) => asked(resource.appId, 'Role', id))
        .map((role) => ({ ...role, resource })),
    ),
    scopes: graphPermissions.filter(({ scope }) => asked(graphClientId, 'Scope', scope)),
  };
}

/** Admin consent: grants all that the registration asks for, and makes the service principal if there is none. */
export function grantRequestedAccess(state: State, application: Application): void {
  const principal =
    findServicePrincipal(state, { by: 'appId', value: application.appId }) ??
    createServicePrincipal(state, application);
  const { roles, scopes } = requestedAccess(state, application);
  for (const { id, resource } of roles)
    addGrant(state, { principalId: principal.id, resourceId: resource.id, appRoleId: id });
  recordConsent(
    state,
    application.appId,
    scopes.map(({ value }) => value),
  );
}
