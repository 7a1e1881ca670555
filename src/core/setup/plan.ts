import type { Customer } from '../customer/customer.ts';
import type { GraphServicePrincipal } from '../tenant/service-principals.ts';
import { unseenTenant } from '../tenant/snapshot.ts';
import type { Existing } from './existing.ts';
import { type PartName, partNames } from './step.ts';
import { type Change, removalSteps, stepOf, steps } from './steps.ts';

export interface Plan {
  readonly customer: string;
  readonly tenant: { readonly id: string; readonly displayName: string; readonly domain: string };
  readonly changes: readonly Change[];
}

/**
 * What is still to be done, in order, for a set-up or a removal; nothing where all is as wanted. Pure: planning again after a run that stopped
 * half-way gives what is left, so resuming needs no code of its own.
 */
export function makePlan(customer: Customer, existing: Existing, now: number): Plan {
  const { organization } = existing.snapshot;
  const { tenant } = existing.record;
  const list = existing.removal ? removalSteps : steps;
  return {
    customer: customer.name,
    tenant: {
      id: tenant.id,
      displayName: organization?.displayName ?? tenant.displayName,
      domain: organization?.defaultDomain ?? tenant.domain,
    },
    changes: list.flatMap((step): readonly Change[] => step.plan(customer, existing, now)),
  };
}

/** One part of a plan: its changes, and the earlier part that must be done first, if one is still open. */
export interface PlanPart {
  readonly plan: Plan;
  readonly first: PartName | undefined;
}

/** A secret is never created without its file: the file is where its text is kept. */
export function partOf(plan: Plan, part: PartName): PlanPart {
  const of = (...parts: readonly PartName[]): Change[] =>
    plan.changes.filter((change) => parts.includes(stepOf(change).part));
  const changes = part === 'secret' ? of('secret', 'preferences') : of(part);
  const first = partNames.slice(0, partNames.indexOf(part)).find((earlier) => of(earlier).length > 0);
  return { plan: { ...plan, changes }, first };
}

interface Known extends Pick<Existing, 'record' | 'preferencesFile' | 'uniqueName'> {
  readonly graph: GraphServicePrincipal;
}

/** The whole plan, for someone else to carry out where we do not sign in. What is there already they leave alone. */
export function planWithoutLooking(customer: Customer, { graph, ...known }: Known, now: number): Plan {
  const snapshot = { ...unseenTenant, registrationOpen: true, graph };
  const nothing = {
    preferences: undefined,
    trial: undefined,
    removeSurplus: false,
    knownOwners: [],
    agreedTo: [],
    deletedChoice: 'leave' as const,
    aheadMs: 0,
  };
  return makePlan(customer, { ...known, ...nothing, snapshot }, now);
}
