import type { Customer } from '../customer/customer.ts';
import type { GraphServicePrincipal } from '../tenant/service-principals.ts';
import { noApplication, type TenantSnapshot } from '../tenant/snapshot.ts';
import type { Plan } from './change.ts';
import type { Existing } from './existing.ts';
import { makePlan } from './plan.ts';

/** A tenant at which nobody has looked: nothing of ours is there. */
const unseenTenant: Omit<TenantSnapshot, 'graph'> = {
  organization: undefined,
  adminRoles: undefined,
  secretPolicy: undefined,
  registrationOpen: true,
  ...noApplication,
  twins: [],
  deleted: undefined,
  sender: undefined,
  sendersByMail: [],
  otherMailbox: undefined,
};

interface Known extends Pick<Existing, 'record' | 'preferencesFile' | 'uniqueName'> {
  readonly graph: GraphServicePrincipal;
}

/** The whole plan, for somebody else to carry out where we do not sign in. What is there already they leave alone. */
export function planUnseen(customer: Customer, { graph, ...known }: Known, now: number): Plan {
  const snapshot = { ...unseenTenant, graph };
  const nothing = {
    preferences: undefined,
    trial: undefined,
    removeSurplus: false,
    knownOwners: [],
    agreedTo: [],
  };
  return makePlan(customer, { ...known, ...nothing, snapshot }, now);
}
