import { html } from 'hono/html';
import { findClient } from '../login/clients.ts';
import type { DeviceCode, State } from '../state.ts';
import type { PageMarkup } from './layout.ts';
import { shortTime, tableOf } from './table.ts';

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
