import { html } from 'hono/html';
import { graphAppId, graphPermissions } from '../graph-permissions.ts';
import type { Application, Grant, ServicePrincipal, State } from '../state.ts';
import type { Markup } from './layout.ts';
import { shortTime, tableOf } from './table.ts';

/** Applications with their secrets, service principals, what is granted to them. */
export function directorySection(state: State): Markup {
  const principals = state.servicePrincipals.filter(({ appId }) => appId !== graphAppId);
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
    gone(deletedAt),
  ];
}

function principalRow({ id, appId, graph, madeAt, deletedAt }: ServicePrincipal) {
  return [
    String(graph.displayName),
    html`<code>${id}</code>`,
    html`<code>${appId}</code>`,
    shortTime(madeAt),
    gone(deletedAt),
  ];
}

function grantRow(state: State, { principalId, appRoleId, madeAt }: Grant) {
  const principal = state.servicePrincipals.find(({ id }) => id === principalId);
  const permission = graphPermissions.find(({ role }) => role === appRoleId);
  return [
    String(principal?.graph.displayName ?? principalId),
    html`<code>${permission?.value ?? appRoleId}</code>`,
    shortTime(madeAt),
  ];
}

function gone(deletedAt: number | undefined): string {
  return deletedAt === undefined ? 'exists' : `deleted ${shortTime(deletedAt)}`;
}
