import type { Mailbox, ServicePrincipal, State } from '../state.ts';

const roles = ['Application Mail.ReadWrite', 'Application Mail.Send'];

/** What an Exchange administrator does by hand: the app may use this mailbox alone. Once, however often it is called. */
export function limitToMailbox({ rbac }: State, principal: ServicePrincipal, mailbox: Mailbox): void {
  const { id: objectId, appId, graph } = principal;
  if (rbac.pointers.some((pointer) => pointer.objectId === objectId)) return;
  const scope = `Only ${mailbox.displayName} ${objectId.slice(0, 8)}`;
  rbac.pointers.push({ appId, objectId, displayName: String(graph.displayName) });
  rbac.scopes.push({ name: scope, mailbox: mailbox.addresses[0] ?? '' });
  for (const role of roles) {
    rbac.assignments.push({ name: `${role} ${objectId.slice(0, 8)}`, objectId, role, scope });
  }
}
