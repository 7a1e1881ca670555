import type { Customer } from '../customer/customer.ts';
import { defaultPermissions } from '../customer/permissions.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { TenantSnapshot } from '../tenant/snapshot.ts';
import type { Plan } from './change.ts';
import { makePlan } from './plan.ts';

/** A tenant at which nobody has looked: nothing of ours is there, and Graph has the permissions that it has everywhere. */
export const unseenTenant: TenantSnapshot = {
  organization: undefined,
  adminRoles: undefined,
  graph: {
    objectId: '',
    appRoles: new Map(defaultPermissions.map(({ value, appRoleId }) => [value, appRoleId])),
  },
  secretPolicy: undefined,
  registrationOpen: true,
  application: undefined,
  servicePrincipal: undefined,
  grants: [],
  twins: [],
  deleted: undefined,
  sender: undefined,
  sendersByMail: [],
  otherMailbox: undefined,
};

/** The whole plan, for somebody else to carry out where we do not sign in. What is there already they leave alone. */
export function planUnseen(
  customer: Customer,
  record: CustomerRecord,
  preferencesFile: string,
  now: number,
): Plan {
  return makePlan(customer, { snapshot: unseenTenant, record, preferences: undefined, preferencesFile }, now);
}
