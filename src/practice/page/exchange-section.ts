import { html } from 'hono/html';
import type { State } from '../state.ts';
import type { Markup } from './layout.ts';
import { tableOf } from './table.ts';

/** What Exchange grants to applications by itself. */
export function exchangeSection({ rbac, servicePrincipals }: State): Markup {
  const rows = rbac.rights.map(({ permission, objectId, mailbox }) => [
    String(servicePrincipals.find(({ id }) => id === objectId)?.graph.displayName ?? objectId),
    html`<code>Application ${permission}</code>`,
    mailbox ?? 'every mailbox',
  ]);
  return html`<h2>Granted by Exchange (RBAC for Applications)</h2>
${tableOf('Granted by Exchange', ['To', 'Role', 'Mailbox'], rows, 'Exchange grants nothing to an application.')}`;
}
