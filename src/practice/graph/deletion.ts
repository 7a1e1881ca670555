import { graphTime } from '../clock.ts';
import type { Application, ServicePrincipal, State } from '../state.ts';

/** Deleted applications and service principals can be restored for 30 days. */
const restorableMs = 30 * 86_400_000;

/** Takes the service principal along, as Entra does. Both carry one moment: by that a restoration knows what went together. */
export function softDeleteApplication(state: State, application: Application): void {
  const at = state.clock.now();
  softDelete(state, application, at);
  for (const servicePrincipal of state.servicePrincipals) {
    if (servicePrincipal.appId === application.appId && servicePrincipal.deletedAt === undefined) {
      softDelete(state, servicePrincipal, at);
    }
  }
}

export function softDelete(state: State, item: Application | ServicePrincipal, at = state.clock.now()): void {
  item.deletedAt = at;
  item.graph.deletedDateTime = graphTime(item.deletedAt);
}

export function undelete(item: Application | ServicePrincipal): void {
  item.deletedAt = undefined;
  item.graph.deletedDateTime = null;
}

export function isRestorable(state: State, item: Application | ServicePrincipal): boolean {
  return item.deletedAt !== undefined && state.clock.now() - item.deletedAt < restorableMs;
}

/** Removes for good: with an application the service principal deleted with it, with that its grants. */
export function purge(state: State, item: Application | ServicePrincipal): void {
  removeFrom(state.applications, (application) => application === item);
  for (const { id } of servicePrincipalsDeletedWith(state, item)) {
    removeFrom(state.servicePrincipals, (servicePrincipal) => servicePrincipal.id === id);
    removeFrom(state.grants, (grant) => grant.principalId === id || grant.resourceId === id);
  }
}

/** A service principal goes alone, an application takes its own along. */
export function servicePrincipalsDeletedWith(
  state: State,
  item: Application | ServicePrincipal,
): ServicePrincipal[] {
  return state.servicePrincipals.filter(
    (candidate) =>
      candidate === item ||
      (isApplication(item) && candidate.appId === item.appId && candidate.deletedAt === item.deletedAt),
  );
}

export function isApplication(item: Application | ServicePrincipal): item is Application {
  return 'secrets' in item;
}

function removeFrom<T>(list: T[], matches: (item: T) => boolean): void {
  for (let at = list.length - 1; at >= 0; at -= 1) {
    const item = list[at];
    if (item !== undefined && matches(item)) list.splice(at, 1);
  }
}
