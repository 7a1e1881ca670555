import { servicePrincipalOf } from '../made.ts';
import { surplusGrants, tenantWideGrants } from '../permissions.ts';
import { isReplicationLag } from '../replication.ts';
import type { Step } from '../step.ts';

/**
 * Removes what opens every mailbox where the app is meant for one: Exchange adds its own grants to those of Entra, and
 * narrows nothing while they stand (learn.microsoft.com/exchange/permissions-exo/application-rbac). If asked for, also what
 * the customer file does not name.
 */
export const removeGrants: Step<'remove-grants'> = {
  kind: 'remove-grants',

  plan(customer, { snapshot, removeSurplus }) {
    const wide = tenantWideGrants(customer, snapshot);
    const surplus = removeSurplus ? surplusGrants(customer, snapshot) : [];
    return [
      ...(wide.length > 0 ? [{ kind: 'remove-grants', grants: wide } as const] : []),
      ...(surplus.length > 0 ? [{ kind: 'remove-grants', surplus: true, grants: surplus } as const] : []),
    ];
  },

  requests: ({ grants }, record) =>
    grants.map(({ id }) => ({
      method: 'DELETE',
      path: `/servicePrincipals/${servicePrincipalOf(record).objectId}/appRoleAssignments/${id}`,
      replay: 'safe',
    })),

  judge({ grants }, answer, record, index) {
    const removed = grants[index];
    // One that somebody else removed meanwhile, or an earlier request whose answer was lost, is gone all the same.
    if (removed && (answer.status < 300 || answer.status === 404)) {
      const left = record.grants.filter(({ appRoleId }) => appRoleId !== removed.appRoleId);
      return { kind: 'done', record: { ...record, grants: left } };
    }
    return { kind: isReplicationLag(answer) ? 'lag' : 'failed' };
  },
};
