import type { Customer } from '../customer/customer.ts';
import { defaultPermissions, type Permission } from '../customer/permissions.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { GraphServicePrincipal } from '../tenant/service-principals.ts';

/** The customer's permissions with the ids that this tenant's Microsoft Graph gives them. Names it does not know are left out. */
export function wantedPermissions({ app }: Customer, graph: GraphServicePrincipal): Permission[] {
  return app.permissions.flatMap((value) => {
    const appRoleId = graph.appRoles.get(value);
    return appRoleId ? [{ value, appRoleId, reason: reasonFor(value) }] : [];
  });
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
