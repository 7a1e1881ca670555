import type { GraphAnswer } from '../../cloud/graph.ts';
import type { Permission } from '../../customer/permissions.ts';
import type { CustomerRecord } from '../../customer/record.ts';
import { say } from '../../words/say.ts';
import { readServiceError } from '../../words/service-failure.ts';
import { inOrder, wantedPermissions } from '../permissions.ts';
import { isReplicationLag } from '../replication.ts';
import { requireServicePrincipal, type TenantStep } from '../step.ts';

export interface GrantPermissions {
  readonly kind: 'grant-permissions';
  readonly graphObjectId: string;
  readonly permissions: readonly Permission[];
}

/** Grants the application permissions, which is what the portal calls admin consent. */
export const grantPermissions: TenantStep<GrantPermissions> = {
  kind: 'grant-permissions',
  part: 'permissions',
  trip: 3,
  right: 'grant',
  needsTrust: true,
  oneByOne: 'permissions',

  title: () => say`Grant the Graph permissions`,
  doing: () => say`grant the Graph permissions`,

  details: ({ permissions }) => permissions.map(({ value, reason }) => say`${value}: ${reason}`),

  plan(customer, { snapshot }) {
    const granted = snapshot.grants.filter(
      ({ resourceObjectId }) => resourceObjectId === snapshot.graph.objectId,
    );
    const missing = wantedPermissions(customer, snapshot.graph).filter(
      ({ appRoleId }) => !granted.some((grant) => grant.appRoleId === appRoleId),
    );
    if (missing.length === 0) return [];
    return [{ kind: 'grant-permissions', graphObjectId: snapshot.graph.objectId, permissions: missing }];
  },

  requests({ graphObjectId, permissions }, record) {
    const principalId = requireServicePrincipal(record).objectId;
    return permissions.map(({ appRoleId }) => ({
      method: 'POST',
      path: `/servicePrincipals/${graphObjectId}/appRoleAssignedTo`,
      replay: 'safe',
      body: { principalId, resourceId: graphObjectId, appRoleId },
    }));
  },

  judge({ permissions }, answer, record, index) {
    const permission = permissions[index];
    if (permission && (answer.status < 300 || alreadyGranted(answer))) {
      return { kind: 'done', record: withGrants(record, [permission]) };
    }
    return { kind: isReplicationLag(answer) ? 'lag' : 'failed' };
  },
};

/** Graph has no other sign than this text that a grant is there already, by us or by someone else meanwhile. */
function alreadyGranted({ status, body }: GraphAnswer): boolean {
  const said = status === 400 ? readServiceError(body) : undefined;
  return said?.message.includes('already exists on the object') === true;
}

/** The record of permissions that are granted now; no one is waited for any longer. */
export function withGrants(
  { consent: _asked, ...record }: CustomerRecord,
  permissions: readonly Permission[],
): CustomerRecord {
  const granted = permissions.map(({ value, appRoleId }) => ({ permission: value, appRoleId }));
  const others = record.grants.filter(
    ({ appRoleId }) => !granted.some((grant) => grant.appRoleId === appRoleId),
  );
  return { ...record, grants: inOrder([...others, ...granted]) };
}
