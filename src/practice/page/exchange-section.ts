import { html } from 'hono/html';
import type { State } from '../state.ts';
import type { Markup } from './layout.ts';
import { table } from './table.ts';

/** What Exchange grants to applications by itself, and where an Exchange administrator works. */
export function exchangeSection({ rbac }: State): Markup {
  const rows = rbac.assignments.map(({ name, role, objectId, scope }) => [
    rbac.pointers.find((pointer) => pointer.objectId === objectId)?.displayName ?? objectId,
    html`<code>${role}</code>`,
    rbac.scopes.find((known) => known.name === scope)?.mailbox ?? 'every mailbox',
    name,
  ]);
  return html`<h2>Granted by Exchange (RBAC for Applications)</h2>
${table(['To', 'Role', 'Mailbox', 'Role assignment'], rows, 'Exchange grants nothing to an application.')}
<p><a href="/exchange">Run a script for Exchange Online PowerShell</a> as Contoso's Exchange administrator.</p>`;
}
