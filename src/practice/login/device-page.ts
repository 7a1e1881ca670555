import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { type PageMarkup, showPage } from '../page/layout.ts';
import type { DeviceCode, State } from '../state.ts';
import { findClient } from './clients.ts';
import { approveDeviceCode, findByUserCode } from './device-codes.ts';
import { readForm } from './form.ts';
import { personPicker, pickedPerson } from './picker.ts';
import { signInFaults } from './sign-in-faults.ts';

const formPath = '/common/oauth2/deviceauth';

/** The device login: type the code, pick a person, approve or decline. */
export function devicePage(state: State): Hono {
  const app = new Hono();
  for (const path of [formPath, '/devicelogin', '/device']) {
    app.get(path, (c) => {
      const typed = c.req.query('user_code');
      const deviceCode = typed ? findByUserCode(state, typed) : undefined;
      if (deviceCode) return askPerson(c, state, deviceCode);
      return askCode(c, typed ? 'This code did not work. Check it and try again.' : '');
    });
  }
  app.post(formPath, async (c) => {
    const form = await readForm(c);
    const deviceCode = findByUserCode(state, form.user_code ?? '');
    if (!deviceCode) return askCode(c, 'This code did not work. Check it and try again.');
    const person = pickedPerson(state, form);
    if (form.action === 'decline') deviceCode.status = 'declined';
    else if (form.action === 'approve' && person) approveDeviceCode(state, deviceCode, person);
    else return askPerson(c, state, deviceCode);
    return showPage(c, outcome(state, deviceCode));
  });
  return app;
}

function askCode(c: Context, problem: string) {
  const body = html`<form method="get" action="${formPath}">
${problem ? html`<p class="bad" role="alert">${problem}</p>` : ''}
<p><label for="code">The code that your app or device shows</label></p>
<input class="code" id="code" type="text" name="user_code" autocomplete="off" autofocus required maxlength="12">
<div class="actions"><button class="main">Next</button></div>
</form>`;
  return showPage(c, { title: 'Enter code', body });
}

function askPerson(c: Context, state: State, deviceCode: DeviceCode) {
  const client = findClient(state, deviceCode.clientId);
  const body = html`<dl>
<dt>Application</dt><dd>${client?.name ?? 'unknown'} <code class="quiet">${deviceCode.clientId}</code></dd>
<dt>Tenant</dt><dd>${state.organization.displayName} (${state.organization.defaultDomain})</dd>
<dt>It asks for</dt><dd>${scopeList(deviceCode.scopes)}</dd>
</dl>
<p>Only go on if you started this sign-in yourself.</p>
${personPicker(state, { action: formPath, fields: { user_code: deviceCode.userCode }, approve: 'Sign in and approve' })}`;
  return showPage(c, { title: 'Sign in on another device', body });
}

export function scopeList(scopes: readonly string[]): PageMarkup {
  return html`${scopes.map((scope) => html`<code>${scope}</code><br>`)}`;
}

function outcome(state: State, { status, clientId }: DeviceCode): { title: string; body: PageMarkup } {
  const name = findClient(state, clientId)?.name ?? clientId;
  if (status === 'approved') {
    return {
      title: 'You are signed in',
      body: html`<p>${name} has what it asked for. You may close this window.</p>`,
    };
  }
  if (status === 'declined') {
    return { title: 'Declined', body: html`<p>${name} was not signed in. You may close this window.</p>` };
  }
  if (status === 'blocked') {
    const fault = signInFaults.blockedByPolicy(state.deviceCodeBlockedBy ?? '');
    return {
      title: "You don't have access to this",
      body: html`<p>Your sign-in was successful but does not meet the criteria to access this resource.</p><pre>${fault.message}</pre>`,
    };
  }
  const fault = signInFaults.adminConsentNeeded(name, state.organization.displayName);
  return {
    title: 'Need admin approval',
    body: html`<p>${name} needs permission that only an administrator can grant.</p><pre>${fault.message}</pre>`,
  };
}
