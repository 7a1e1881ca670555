import type { Customer } from '../customer/customer.ts';
import { compareText } from '../customer/find-customers.ts';
import { defaultPermissions, type Permission } from '../customer/permissions.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { entraPermissions, exchangeApi, opensMailboxes } from '../customer/scope.ts';
import type { GraphServicePrincipal } from '../tenant/service-principals.ts';
import type { TenantSnapshot } from '../tenant/snapshot.ts';
import { say, type Words } from '../words/say.ts';

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

/** What Entra has to grant and has not, or does not know at all. */
export function missingPermissions(customer: Customer, { graph, grants }: TenantSnapshot): string[] {
  const granted = new Set(grants.map(({ appRoleId }) => appRoleId));
  return entraPermissions(customer).filter((value) => !granted.has(graph.appRoles.get(value) ?? ''));
}

/** A grant that stands in the tenant: an appRoleAssignment of Microsoft Graph's, by its own id. */
export interface StandingGrant {
  readonly id: string;
  readonly permission: string;
  readonly appRoleId: string;
}

type Granted = CustomerRecord['grants'];

/** What must not stand in Entra because it opens every mailbox although the customer's scope is one. */
export function tooWide({ scope }: Customer, { appRoles }: GraphServicePrincipal): Granted {
  if (scope === 'tenant') return [];
  return [...appRoles]
    .filter(([permission]) => opensMailboxes(permission))
    .map(([permission, appRoleId]) => ({ permission, appRoleId }));
}

/** Grants that open every mailbox although the customer's scope is one. */
export function tenantWideGrants(customer: Customer, { graph, grants }: TenantSnapshot): StandingGrant[] {
  if (customer.scope === 'tenant') return [];
  const ofGraph = grants.filter(({ resourceObjectId }) => resourceObjectId === graph.objectId);
  const onExchange = grants.filter(({ resourceName }) => resourceName === exchangeApi);
  return [
    ...tooWide(customer, graph).flatMap((wide) =>
      ofGraph.filter(({ appRoleId }) => appRoleId === wide.appRoleId).map(({ id }) => ({ id, ...wide })),
    ),
    ...onExchange.map(({ id, appRoleId }) => ({ id, appRoleId, permission: onExchangeApi(appRoleId) })),
  ];
}

/** learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-authenticate-an-ews-application-by-using-oauth */
const onExchangeApi = (appRoleId: string): string =>
  `${appRoleId === 'dc890d15-9560-4a4c-9b7f-a736ec74ec40' ? 'full_access_as_app' : appRoleId} on ${exchangeApi}`;

/** Grants that the customer file does not ask for, on whatever API; those that a scope forbids are dealt with anyway. */
export function surplusGrants(customer: Customer, snapshot: TenantSnapshot): StandingGrant[] {
  const { graph, grants } = snapshot;
  const wanted = wantedPermissions(customer, graph).map(({ appRoleId }) => appRoleId);
  const wide = tenantWideGrants(customer, snapshot).map(({ id }) => id);
  const surplus = grants.filter(({ id, appRoleId, resourceObjectId }) => {
    const ofGraph = resourceObjectId === graph.objectId;
    return !wide.includes(id) && !(ofGraph && wanted.includes(appRoleId));
  });
  return standingGrants({ graph, grants: surplus });
}

/** Grants that neither the record nor the customer file names, so somebody else made them. */
export function foreignGrants(
  { app }: Customer,
  record: CustomerRecord,
  { graph, grants }: TenantSnapshot,
): StandingGrant[] {
  const ours = [
    ...app.permissions.map((value) => graph.appRoles.get(value)),
    ...record.grants.map(({ appRoleId }) => appRoleId),
  ];
  const isOurs = (resourceObjectId: string, appRoleId: string): boolean =>
    resourceObjectId === graph.objectId && ours.includes(appRoleId);
  return standingGrants({
    graph,
    grants: grants.filter(({ resourceObjectId, appRoleId }) => !isOurs(resourceObjectId, appRoleId)),
  });
}

/** All of them, on whatever API, by the names that this tenant's Microsoft Graph gives them. */
export function standingGrants({ graph, grants }: Pick<TenantSnapshot, 'graph' | 'grants'>): StandingGrant[] {
  const nameOf = (appRoleId: string): string | undefined =>
    [...graph.appRoles].find(([, id]) => id === appRoleId)?.[0];
  return grants.map(({ id, appRoleId, resourceObjectId, resourceName }) => {
    const ofGraph = resourceObjectId === graph.objectId;
    const named = ofGraph ? nameOf(appRoleId) : resourceName === exchangeApi && onExchangeApi(appRoleId);
    const permission = named || `${appRoleId} on ${resourceName}`;
    return { id, permission, appRoleId };
  });
}

/** In one order, whatever the language of the computer, so that a record that is read and written again stays the same. */
export function inOrder(grants: Granted): Granted {
  return grants.toSorted((one, other) => compareText(one.permission, other.permission));
}

export function unknownPermissions({ app }: Customer, graph: GraphServicePrincipal): string[] {
  return app.permissions.filter((value) => !graph.appRoles.has(value));
}

function reasonFor(value: string): Words {
  return (
    defaultPermissions.find((permission) => permission.value === value)?.reason ??
    say`Requested in the customer file.`
  );
}
