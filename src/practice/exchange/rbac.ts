import { findServicePrincipal } from '../graph/service-principal-store.ts';
import type { Mailbox, State } from '../state.ts';
import type { Right } from './rbac-state.ts';

/** Which of Graph's permissions a role stands for. */
export const applicationRoles: ReadonlyMap<string, readonly string[]> = new Map([
  ['Application Mail.Read', ['Mail.Read']],
  ['Application Mail.ReadBasic', ['Mail.ReadBasic']],
  ['Application Mail.ReadWrite', ['Mail.ReadWrite']],
  ['Application Mail.Send', ['Mail.Send']],
  ['Application MailboxSettings.Read', ['MailboxSettings.Read']],
  ['Application MailboxSettings.ReadWrite', ['MailboxSettings.ReadWrite']],
  ['Application Calendars.Read', ['Calendars.Read']],
  ['Application Calendars.ReadWrite', ['Calendars.ReadWrite']],
  ['Application Contacts.Read', ['Contacts.Read']],
  ['Application Contacts.ReadWrite', ['Contacts.ReadWrite']],
  ['Application Mail Full Access', ['Mail.ReadWrite', 'Mail.Send']],
  ['Application Exchange Full Access', ['Mail.ReadWrite', 'Mail.Send', 'Calendars.ReadWrite']],
]);

/** Whether Exchange, with what it remembers, grants the app one of these permissions on the mailbox. */
export function rbacAllows(
  state: State,
  objectId: string,
  anyOf: readonly string[],
  mailbox: Mailbox | undefined,
): boolean {
  return rightsRemembered(state, objectId).some(
    (right) =>
      mailbox !== undefined &&
      covers(right, mailbox) &&
      applicationRoles.get(right.role)?.some((permission) => anyOf.includes(permission)),
  );
}

/** What is granted now, past the cache. */
export function rightsNow(state: State, objectId: string): Right[] {
  const { pointers, assignments, scopes } = state.rbac;
  const live = findServicePrincipal(state, { by: 'id', value: objectId });
  if (!live || !pointers.some((pointer) => pointer.objectId === objectId)) return [];
  return assignments
    .filter((assignment) => assignment.objectId === objectId)
    .map(({ role, scope }) => ({ role, mailbox: scopes.find(({ name }) => name === scope)?.mailbox }));
}

export function covers({ mailbox: only }: Right, { addresses: [primary] }: Mailbox): boolean {
  return only === undefined || only === primary;
}

/** Asked again soon, Exchange goes on with what it knows; asking is what keeps that alive. */
function rightsRemembered(state: State, objectId: string): readonly Right[] {
  const { lag, clock, rbac } = state;
  const known = rbac.remembered.get(objectId);
  const stale =
    !known || lag.arrived('rightsUnused', known.askedAt) || lag.arrived('rightsInUse', known.learntAt);
  const now = clock.now();
  const current = stale ? { rights: rightsNow(state, objectId), learntAt: now, askedAt: now } : known;
  current.askedAt = now;
  rbac.remembered.set(objectId, current);
  return current.rights;
}
