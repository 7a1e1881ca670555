import { isGone } from '../../cloud/answers.ts';
import { say, type Words } from '../../words/say.ts';
import { hasRight } from '../admin-rights.ts';
import { type StandingGrant, standingGrants, surplusGrants, tenantWideGrants } from '../permissions.ts';
import { isReplicationLag } from '../replication.ts';
import { requireServicePrincipal, type TenantStep } from '../step.ts';

export interface RemoveGrants {
  readonly kind: 'remove-grants';
  /** `surplus`: the customer file does not ask for them; otherwise they open every mailbox. */
  readonly surplus?: true;
  /** The customer is removed from the tenant. */
  readonly all?: true;
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

  title: (change) => titles[whyOf(change)],
  doing: (change) => doings[whyOf(change)],

  details: (change) => [
    ...change.grants.map(({ permission }) => say`${permission}`),
    ...(whyOf(change) === 'wide'
      ? [say`Run the script for Exchange first. Without it T&A cannot send email after this change.`]
      : []),
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
    // One that someone else removed meanwhile, or an earlier request whose answer was lost, is gone all the same.
    if (removed && isGone(answer)) {
      const left = record.grants.filter(({ appRoleId }) => appRoleId !== removed.appRoleId);
      return { kind: 'done', record: { ...record, grants: left } };
    }
    return { kind: isReplicationLag(answer) ? 'lag' : 'failed' };
  },
};

/**
 * All of them, when a customer is removed. They end with the service principal too, so a lack of the role for it is no
 * obstacle; but removed one by one they do not come back with a service principal that someone restores.
 */
export const removeAllGrants: TenantStep<RemoveGrants> = {
  ...removeGrants,
  plan(_customer, { snapshot }) {
    const grants = standingGrants(snapshot);
    const mayRemove = grants.length > 0 && hasRight(snapshot.adminRoles, 'revoke');
    return mayRemove ? [{ kind: 'remove-grants', all: true, grants }] : [];
  },
};

type Why = 'all' | 'surplus' | 'wide';

function whyOf({ all, surplus }: RemoveGrants): Why {
  if (all) return 'all';
  return surplus ? 'surplus' : 'wide';
}

const titles: Readonly<Record<Why, Words>> = {
  all: say`Remove the permissions of the application`,
  surplus: say`Remove permissions that the customer file does not name`,
  wide: say`Remove the grants that open every mailbox`,
};

const doings: Readonly<Record<Why, Words>> = {
  all: say`remove the permissions of the application`,
  surplus: say`remove permissions that the customer file does not name`,
  wide: say`remove the grants that open every mailbox`,
};
