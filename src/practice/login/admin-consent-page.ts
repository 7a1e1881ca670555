import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { holdsRole } from '../directory-roles.ts';
import { graphClientId } from '../graph-permissions.ts';
import { showPage } from '../page/layout.ts';
import type { Application, Person, State } from '../state.ts';
import { type Client, isRegisteredRedirect, readClient } from './clients.ts';
import { type PostedForm, readForm } from './form.ts';
import { describeFault, traceOf } from './oauth-fault.ts';
import { personPicker, pickedPerson } from './picker.ts';
import { sendBack } from './redirect.ts';
import { requestFaults } from './request-faults.ts';
import { grantRequestedAccess, requestedAccess } from './requested-access.ts';
import { isConsentAdmin, mayConsent, readScopes, splitScopes } from './scopes.ts';
import { signInFaults } from './sign-in-faults.ts';
import { readTenantName } from './tenant-name.ts';

interface ConsentRequest {
  readonly client: Client;
  readonly application: Application;
  /** Where the answer goes; undefined when the application has no reply address at all. */
  readonly redirectUri: string | undefined;
  readonly version: 'v1' | 'v2';
  readonly form: PostedForm;
}

/** The page by which an administrator consents for the whole tenant: learn.microsoft.com/entra/identity-platform/v2-admin-consent */
export function adminConsentPage(state: State): Hono {
  const app = new Hono();
  for (const version of ['v1', 'v2'] as const) {
    const path = version === 'v2' ? '/:tenant/v2.0/adminconsent' : '/:tenant/adminconsent';
    const read = (tenant: string | undefined, form: PostedForm) =>
      readRequest(state, tenant ?? '', { version, form });
    app.get(path, (c) => ask(c, state, read(c.req.param('tenant'), c.req.query())));
    app.post(path, async (c) => decide(c, state, read(c.req.param('tenant'), await readForm(c))));
  }
  return app;
}

function readRequest(
  state: State,
  tenant: string,
  { version, form }: { version: 'v1' | 'v2'; form: PostedForm },
): ConsentRequest {
  const client = readClient(state, form.client_id, readTenantName(state, tenant));
  // Microsoft's own clients need no such page here: their consent is asked for at sign-in.
  if (!client.application)
    throw requestFaults.unknownApplication(client.appId, state.organization.displayName);
  if (version === 'v2') readScopes(state, splitScopes(form.scope));
  const asked = form.redirect_uri;
  if (asked !== undefined && client.redirectUris.length > 0 && !isRegisteredRedirect(client, asked)) {
    throw requestFaults.unregisteredRedirect(asked, client.appId);
  }
  const redirectUri = client.redirectUris.length > 0 ? (asked ?? client.redirectUris[0]) : undefined;
  return { client, application: client.application, redirectUri, version, form };
}

function ask(c: Context, state: State, { client, application, redirectUri, form }: ConsentRequest) {
  const { action: _action, person: _person, ...fields } = form;
  const { roles, scopes } = requestedAccess(state, application);
  const body = html`<dl>
<dt>Application</dt><dd>${client.name} <code class="quiet">${client.appId}</code></dd>
<dt>Tenant</dt><dd>${state.organization.displayName} (${state.organization.defaultDomain})</dd>
</dl>
<p>If you accept, this application gets access for everyone in the tenant:</p>
<ul>
${roles.map(({ value, displayName }) => html`<li>${displayName} <code>${value}</code>, without a signed-in user</li>`)}
${scopes.map(({ value, displayName }) => html`<li>${displayName} <code>${value}</code>, as the signed-in user</li>`)}
</ul>
${personPicker(state, { action: c.req.path, fields, approve: 'Sign in and accept' })}`;
  const formTargets = redirectUri === undefined ? [] : [new URL(redirectUri).origin];
  return showPage(c, { title: 'Permissions requested', body, formTargets });
}

function decide(c: Context, state: State, request: ConsentRequest) {
  const { client, application, redirectUri, version, form } = request;
  const person = pickedPerson(state, form);
  if (form.action === 'decline') return decline(c, state, request);
  if (form.action !== 'approve' || !person) return ask(c, state, request);
  if (!mayAccept(state, person, application)) {
    throw signInFaults.adminConsentNeeded(client.name, state.organization.displayName);
  }
  grantRequestedAccess(state, application);
  // The consent stands all the same: a daemon has no reply address.
  if (redirectUri === undefined) throw requestFaults.noReplyAddress();
  const fields = {
    admin_consent: 'True',
    tenant: state.organization.id,
    ...(version === 'v2' ? { scope: form.scope } : {}),
    state: form.state,
  };
  return sendBack(c, redirectUri, fields);
}

function decline(c: Context, state: State, { redirectUri, version, form }: ConsentRequest) {
  const fault = signInFaults.consentDeclined();
  if (redirectUri === undefined) throw fault;
  return sendBack(c, redirectUri, {
    admin_consent: 'True',
    error: version === 'v2' ? 'consent_required' : 'permission_denied',
    error_description: describeFault(fault, traceOf(c, state)),
    state: form.state,
  });
}

/** Application roles of Microsoft Graph are for these two alone; those of another API are for application administrators too. */
function mayAccept(state: State, person: Person, application: Application): boolean {
  const { roles, scopes } = requestedAccess(state, application);
  if (roles.some(({ resource }) => resource.appId === graphClientId))
    return holdsRole(person, 'Global Administrator', 'Privileged Role Administrator');
  return (
    isConsentAdmin(person) ||
    (roles.length === 0 &&
      mayConsent(
        person,
        scopes.map(({ value }) => value),
      ))
  );
}
