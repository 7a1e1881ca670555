import type { Customer } from '../customer/customer.ts';
import { defaultPermissions, type Permission } from '../customer/permissions.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { entraPermissions, opensMailboxes } from '../customer/scope.ts';
import type { GraphServicePrincipal } from '../tenant/service-principals.ts';
import type { TenantSnapshot } from '../tenant/snapshot.ts';

/**
 * The permissions that Entra has to grant, with the ids that this tenant's Microsoft Graph gives them. Names it does not
 * know are left out.
 */
export function wantedPermissions(customer: Customer, graph: GraphServicePrincipal): Permission[] {
  return entraPermissions(customer).flatMap((value) => {
    const appRoleId = graph.appRoles.get(value);
    return appRoleId ? [{ value, appRoleId, reason: reasonFor(value) }] : [];
  });
}

/** A grant that stands in the tenant: an appRoleAssignment of Microsoft Graph's, by its own id. */
export interface StandingGrant {
  readonly id: string;
  readonly permission: string;
  readonly appRoleId: string;
}

/** Grants that open every mailbox although the customer's scope is one. */
export function tenantWideGrants({ scope }: Customer, { graph, grants }: TenantSnapshot): StandingGrant[] {
  if (scope === 'tenant') return [];
  const ofGraph = grants.filter(({ resourceObjectId }) => resourceObjectId === graph.objectId);
  return [...graph.appRoles]
    .filter(([permission]) => opensMailboxes(permission))
    .flatMap(([permission, appRoleId]) =>
      ofGraph
        .filter((grant) => grant.appRoleId === appRoleId)
        .map(({ id }) => ({ id, permission, appRoleId })),
    );
}

type Granted = CustomerRecord['grants'];

/** In one order, so that a record that is read and written again stays the same. */
export function inOrder(grants: Granted): Granted {
  return grants.toSorted((one, other) => one.permission.localeCompare(other.permission));
}

export function unknownPermissions({ app }: Customer, graph: GraphServicePrincipal): string[] {
  return app.permissions.filter((value) => !graph.appRoles.has(value));
}

function reasonFor(value: string): string {
  return (
    defaultPermissions.find((permission) => permission.value === value)?.reason ??
    'Asked for in the customer file.'
  );
}
