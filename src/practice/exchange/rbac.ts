import { findServicePrincipal } from '../graph/service-principal-store.ts';
import type { Mailbox, ServicePrincipal, State } from '../state.ts';
import type { Remembered, Right } from './rbac-state.ts';

/** What the script for Exchange does: the app may use this mailbox alone. Once, however often it is called. */
export function limitToMailbox(
  { rbac }: State,
  { id: objectId }: ServicePrincipal,
  { addresses: [mailbox = ''] }: Mailbox,
): void {
  if (rbac.rights.some((right) => right.objectId === objectId)) return;
  for (const permission of ['Mail.ReadWrite', 'Mail.Send']) {
    rbac.rights.push({ objectId, permission, mailbox });
  }
}

/** Whether Exchange, with what it remembers, grants the app one of these permissions on the mailbox. */
export function rbacAllows(
  state: State,
  objectId: string,
  anyOf: readonly string[],
  mailbox: Mailbox | undefined,
): boolean {
  return rightsRemembered(state, objectId).some(
    ({ permission, mailbox: only }) =>
      mailbox !== undefined &&
      anyOf.includes(permission) &&
      (only === undefined || only === mailbox.addresses[0]),
  );
}

/** What is granted now, past the cache. */
export function rightsNow(state: State, objectId: string): Right[] {
  if (!findServicePrincipal(state, { by: 'id', value: objectId })) return [];
  return state.rbac.rights.filter((right) => right.objectId === objectId);
}

/** Asked again soon, Exchange goes on with what it knows; asking is what keeps that alive. */
function rightsRemembered(state: State, objectId: string): readonly Right[] {
  const { lag, clock, rbac } = state;
  const known = rbac.remembered.get(objectId);
  const stale =
    !known || lag.arrived('rightsUnused', known.askedAt) || lag.arrived('rightsInUse', known.learntAt);
  const now = clock.now();
  const learnt = (): Remembered => ({
    rights: rightsNow(state, objectId),
    firstAskedAt: known?.firstAskedAt ?? now,
    learntAt: now,
    askedAt: now,
  });
  const current = stale ? learnt() : known;
  current.askedAt = now;
  rbac.remembered.set(objectId, current);
  return current.rights;
}
