import { html } from 'hono/html';
import { roleNames } from '../directory-roles.ts';
import type { State } from '../state.ts';
import type { Markup } from './layout.ts';
import { tableOf } from './table.ts';

export function peopleSection(state: State): Markup {
  const rows = state.people.map((person) => [
    person.displayName,
    html`<code>${person.userPrincipalName}</code>`,
    person.kind,
    roleNames(person.roles).join(', '),
    mailboxOf(state, person.id),
  ]);
  return html`${tableOf('People', ['Name', 'Signs in as', 'Kind', 'Directory roles', 'Mailbox'], rows, 'There is no one.')}`;
}

function mailboxOf(state: State, personId: string): string {
  return state.mailboxes.find(({ ownerId }) => ownerId === personId)?.addresses.join(', ') ?? 'none';
}
