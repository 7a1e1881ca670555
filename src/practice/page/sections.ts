import { html } from 'hono/html';
import type { DeletedVaultSecret, VaultSecret } from '../arm/azure.ts';
import { namesOfRoles } from '../directory-roles.ts';
import { graphPermissions } from '../graph-permissions.ts';
import { findClient } from '../login/clients.ts';
import { isOfMicrosoft } from '../microsoft-graph.ts';
import type { Application, DeviceCode, GrantState, ServicePrincipal, State } from '../state.ts';
import type { PageMarkup } from './layout.ts';

/** Applications with their secrets, service principals, what is granted to them. */
export function directorySection(state: State): PageMarkup {
  const principals = state.servicePrincipals.filter((principal) => !isOfMicrosoft(principal));
  return html`<h2>Applications</h2>
${tableOf('Applications', ['Name', 'Client id', 'Created (UTC)', 'Secrets', 'State'], state.applications.map(applicationRow), 'No application is registered.')}
<h2>Service principals</h2>
${tableOf('Service principals', ['Name', 'Object id', 'Client id', 'Created (UTC)', 'State'], principals.map(principalRow), 'There are only those of Microsoft.')}
<h2>Granted permissions</h2>
${tableOf(
  'Granted permissions',
  ['To', 'Permission', 'Since (UTC)'],
  state.grants.map((grant) => grantRow(state, grant)),
  'Nothing is granted to an application.',
)}
<h2>Consented to clients that sign people in</h2>
${tableOf(
  'Consented to clients that sign people in',
  ['Client id', 'Scopes'],
  [...state.consents].map(([appId, scopes]) => [html`<code>${appId}</code>`, [...scopes].join(', ')]),
  'No one has consented yet.',
)}`;
}

function applicationRow(application: Application) {
  const { appId, graph, madeAt, secrets, deletedAt } = application;
  const shown = secrets.map(
    ({ displayName, hint, endsAt }) =>
      html`${displayName ?? 'no name'}: <code>${hint}...</code> until ${shortTime(endsAt)}<br>`,
  );
  return [
    String(graph.displayName),
    html`<code>${appId}</code>`,
    shortTime(madeAt),
    html`${shown}`,
    lifeText(deletedAt),
  ];
}

function principalRow({ id, appId, graph, madeAt, deletedAt }: ServicePrincipal) {
  return [
    String(graph.displayName),
    html`<code>${id}</code>`,
    html`<code>${appId}</code>`,
    shortTime(madeAt),
    lifeText(deletedAt),
  ];
}

function grantRow(state: State, { principalId, appRoleId, madeAt }: GrantState) {
  const principal = state.servicePrincipals.find(({ id }) => id === principalId);
  const permission = graphPermissions.find(({ role }) => role === appRoleId);
  return [
    String(principal?.graph.displayName ?? principalId),
    html`<code>${permission?.value ?? appRoleId}</code>`,
    shortTime(madeAt),
  ];
}

function lifeText(deletedAt: number | undefined): string {
  return deletedAt === undefined ? 'exists' : `deleted ${shortTime(deletedAt)}`;
}

/** What Exchange grants to applications by itself. */
export function exchangeSection({ rbac, servicePrincipals }: State): PageMarkup {
  const rows = rbac.rights.map(({ permission, objectId, mailbox }) => [
    String(servicePrincipals.find(({ id }) => id === objectId)?.graph.displayName ?? objectId),
    html`<code>Application ${permission}</code>`,
    mailbox ?? 'every mailbox',
  ]);
  return html`<h2>Granted by Exchange (RBAC for Applications)</h2>
${tableOf('Granted by Exchange', ['To', 'Role', 'Mailbox'], rows, 'Exchange grants nothing to an application.')}`;
}

export function peopleSection(state: State): PageMarkup {
  const rows = state.people.map((person) => [
    person.displayName,
    html`<code>${person.userPrincipalName}</code>`,
    person.kind,
    namesOfRoles(person.roles).join(', '),
    mailboxOf(state, person.id),
  ]);
  return html`${tableOf('People', ['Name', 'Signs in as', 'Kind', 'Directory roles', 'Mailbox'], rows, 'There is no one.')}`;
}

function mailboxOf(state: State, personId: string): string {
  return state.mailboxes.find(({ ownerId }) => ownerId === personId)?.addresses.join(', ') ?? 'none';
}

/** Key Vaults with the names of their secrets. What a secret is, no one is shown. */
export function vaultSection({ azure }: State): PageMarkup {
  const rows = azure.vaults.map(({ name, group, location, madeAt, secrets, deletedSecrets }) => [
    name,
    `${group} (${location})`,
    shortTime(madeAt),
    html`${secrets.map(secretLine)}${deletedSecrets.map(deletedLine)}`,
  ]);
  return html`${tableOf('Key Vaults', ['Name', 'Resource group', 'Created (UTC)', 'Secrets'], rows, 'There is no vault.')}`;
}

function secretLine({ name, exp, enabled, updated }: VaultSecret): PageMarkup {
  const until = exp === undefined ? '' : ` until ${shortTime(exp * 1000)}`;
  return html`<code>${name}</code>: written ${shortTime(updated * 1000)}${until}${enabled ? '' : ', disabled'}<br>`;
}

const deletedLine = ({ name, deletedAt }: DeletedVaultSecret): PageMarkup =>
  html`<code>${name}</code>: deleted ${shortTime(deletedAt)}, recoverable<br>`;

const shownRequests = 60;

export function requestSection(state: State): PageMarkup {
  const rows = state.requests
    .filter(({ host }) => host.includes('.') && !/^[\d.]+$/.test(host))
    .slice(-shownRequests)
    .toReversed()
    .map(({ at, method, host, path, inBatch, status }) => [
      shortTime(at),
      inBatch ? `${method} (in a batch)` : method,
      html`<code>${host}${decoded(path)}</code>`,
      status === 0 ? 'no answer' : status,
    ]);
  return html`${tableOf('Last requests', ['At (UTC)', 'Method', 'To', 'Status'], rows, 'No program has asked anything yet.')}`;
}

/** For the eye: `$filter=displayName eq 'x'` instead of `%24filter=...`. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

export const tenantLine = ({ organization: { displayName, defaultDomain, id } }: State): PageMarkup =>
  html`<p>${displayName} (<code>${defaultDomain}</code>), tenant id <code>${id}</code></p>`;

/** How to point a client here. */
export function useSection(origin: string, hosts: readonly string[]): PageMarkup {
  const flags = hosts.map((host) => `--connect-to ${host}=${origin}`).join(' \\\n  ');
  return html`<p>Add these flags to a command, and it talks to this tenant instead of Microsoft:</p>
<pre>${flags}</pre>`;
}

/** Where to sign in with the code that a client shows. */
export function signInSection(state: State): PageMarkup {
  const waiting = state.deviceCodes.filter(
    ({ status, expiresAt }) => status === 'pending' && expiresAt > state.clock.now(),
  );
  return html`<h2>Sign in</h2>
<p><a href="/devicelogin">Enter a device code</a>, or choose one that waits:</p>
${tableOf(
  'Codes that wait',
  ['Code', 'Application', 'Valid until (UTC)'],
  waiting.map((code) => waitingRow(state, code)),
  'No sign-in waits for you.',
)}`;
}

function waitingRow(state: State, { userCode, clientId, expiresAt }: DeviceCode) {
  return [
    html`<a href="/devicelogin?user_code=${userCode}"><code>${userCode}</code></a>`,
    findClient(state, clientId)?.name ?? clientId,
    shortTime(expiresAt),
  ];
}

type Cell = string | number | null | undefined | PageMarkup;

/** `label`: what it is about, for those who do not see the heading above it. */
function tableOf(
  label: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  whenEmpty: string,
): PageMarkup {
  if (rows.length === 0) return html`<p class="quiet">${whenEmpty}</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell ?? ''}</td>`)}</tr>`)}</tbody>
</table></div>`;
}

/** `2026-11-23 22:00:00` in UTC. */
export function shortTime(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ');
}
