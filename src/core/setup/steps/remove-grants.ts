import { say } from '../../words/say.ts';
import { type StandingGrant, surplusGrants, tenantWideGrants } from '../permissions.ts';
import { isReplicationLag } from '../replication.ts';
import { requireServicePrincipal, type TenantStep } from '../step.ts';

export interface RemoveGrants {
  readonly kind: 'remove-grants';
  /** `surplus`: the customer file does not ask for them; otherwise they open every mailbox. */
  readonly surplus?: true;
  readonly grants: readonly StandingGrant[];
}

/**
 * Removes what opens every mailbox where the app is meant for one: Exchange adds its own grants to those of Entra, and
 * narrows nothing while they stand (learn.microsoft.com/exchange/permissions-exo/application-rbac). If asked for, also what
 * the customer file does not name.
 */
export const removeGrants: TenantStep<RemoveGrants> = {
  kind: 'remove-grants',
  part: 'permissions',
  trip: 3,
  right: 'revoke',
  needsTrust: false,
  oneByOne: 'grants',

  title: ({ surplus }) =>
    surplus
      ? say`Remove permissions that the customer file does not name`
      : say`Remove the grants that open every mailbox`,
  doing: ({ surplus }) =>
    surplus
      ? say`remove permissions that the customer file does not name`
      : say`remove the grants that open every mailbox`,

  details: ({ surplus, grants }) => [
    ...grants.map(({ permission }) => say`${permission}`),
    ...(surplus
      ? []
      : [say`Run the script for Exchange first. Without it T&A cannot send email after this change.`]),
  ],

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
      path: `/servicePrincipals/${requireServicePrincipal(record).objectId}/appRoleAssignments/${id}`,
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
