import { html } from 'hono/html';
import { findClient } from '../login/clients.ts';
import type { DeviceCode, State } from '../state.ts';
import type { Markup } from './layout.ts';
import { shortTime, tableOf } from './table.ts';

/** How to point a client here, and where to sign in with the code it shows. */
export function signInSection(state: State, origin: string, hosts: readonly string[]): Markup {
  const flags = hosts.map((host) => `--connect-to ${host}=${origin}`).join(' \\\n  ');
  const waiting = state.deviceCodes.filter(
    ({ status, expiresAt }) => status === 'pending' && expiresAt > state.clock.now(),
  );
  return html`<p>${state.organization.displayName} (<code>${state.organization.defaultDomain}</code>), tenant id <code>${state.organization.id}</code></p>
<h2>Use it</h2>
<p>Add these flags to a command, and it talks to this tenant instead of Microsoft:</p>
<pre>${flags}</pre>
<h2>Sign in</h2>
<p><a href="/devicelogin">Enter a device code</a>, or pick one that waits:</p>
${tableOf(
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
