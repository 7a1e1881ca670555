import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { showPage } from '../page/layout.ts';
import type { Person, State } from '../state.ts';
import { clientInfo } from './answer-session.ts';
import { issueAuthorizationCode } from './authorization-codes.ts';
import { type Client, isRegisteredRedirect, readClient } from './clients.ts';
import { scopeList } from './device-page.ts';
import { type PostedForm, readForm } from './form.ts';
import { describeFault, type OAuthFault, traceOf } from './oauth-fault.ts';
import { personPicker, pickedPerson } from './picker.ts';
import { type ResponseMode, sendBack } from './redirect.ts';
import { notPlayedAtSignIn, requestFaults } from './request-faults.ts';
import {
  consentFault,
  mayConsent,
  missingScopes,
  needsPreauthorization,
  readScopes,
  recordConsent,
  splitScopes,
} from './scopes.ts';
import { signInFaults } from './sign-in-faults.ts';
import { readTenantName } from './tenant-name.ts';
import { signedInNow } from './tokens.ts';

interface AuthorizeRequest {
  readonly client: Client;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly mode: ResponseMode;
  readonly form: PostedForm;
}

/** The sign-in page of the authorization code flow, with PKCE. */
export function authorizePage(state: State): Hono {
  const app = new Hono();
  app.get('/:tenant/oauth2/v2.0/authorize', (c) =>
    ask(c, state, readRequest(state, c.req.param('tenant'), c.req.query())),
  );
  app.post('/:tenant/oauth2/v2.0/authorize', async (c) => {
    const request = readRequest(state, c.req.param('tenant'), await readForm(c));
    const person = pickedPerson(state, request.form);
    if (request.form.action === 'decline') return refuse(c, state, request, signInFaults.consentDeclined());
    if (request.form.action !== 'approve' || !person) return ask(c, state, request);
    return approve(c, state, request, person);
  });
  return app;
}

/** Throws, for a page of its own, whatever must not be sent to an address that is not proven to be the client's. */
function readRequest(state: State, tenant: string, form: PostedForm): AuthorizeRequest {
  const client = readClient(state, form.client_id, readTenantName(state, tenant));
  const redirectUri = form.redirect_uri ?? client.redirectUris[0];
  if (redirectUri === undefined) throw requestFaults.noReplyAddress();
  if (!isRegisteredRedirect(client, redirectUri))
    throw requestFaults.unregisteredRedirect(redirectUri, client.appId);
  if (form.resource) throw requestFaults.resourceParameter();
  if (form.prompt === 'none') throw notPlayedAtSignIn("'prompt=none'");
  if (/\b(id_)?token\b/.test(form.response_type ?? ''))
    throw notPlayedAtSignIn(`the response type '${form.response_type}'`);
  if (form.response_type !== 'code') throw requestFaults.unsupportedResponseType(form.response_type ?? '');
  if (form.code_challenge && form.code_challenge_method !== 'S256') throw requestFaults.weakChallenge();
  const scopes = splitScopes(form.scope);
  readScopes(state, scopes);
  return { client, redirectUri, scopes, mode: readMode(form.response_mode), form };
}

function readMode(text: string | undefined): ResponseMode {
  return text === 'form_post' || text === 'fragment' ? text : 'query';
}

function ask(c: Context, state: State, request: AuthorizeRequest) {
  const { client, redirectUri, scopes, form } = request;
  const { action: _action, person: _person, ...fields } = form;
  const body = html`<dl>
<dt>Application</dt><dd>${client.name} <code class="quiet">${client.appId}</code></dd>
<dt>Tenant</dt><dd>${state.organization.displayName} (${state.organization.defaultDomain})</dd>
<dt>It asks for</dt><dd>${scopeList(scopes)}</dd>
</dl>
${personPicker(state, { action: c.req.path, fields, approve: 'Sign in and approve', loginHint: form.login_hint })}`;
  return showPage(c, { title: 'Sign in', body, formTargets: [new URL(redirectUri).origin] });
}

function approve(c: Context, state: State, request: AuthorizeRequest, person: Person) {
  const { client, redirectUri, scopes, mode, form } = request;
  const asked = readScopes(state, scopes);
  const missing = missingScopes(state, client, asked);
  if (missing.length > 0 && needsPreauthorization(client, asked)) throw consentFault(client, asked);
  if (!mayConsent(person, missing)) {
    return refuse(
      c,
      state,
      request,
      signInFaults.adminConsentNeeded(client.name, state.organization.displayName),
    );
  }
  recordConsent(state, client.appId, missing);
  const code = issueAuthorizationCode(
    state,
    { personId: person.id, clientId: client.appId, scopes: [...scopes], ...signedInNow(state) },
    { redirectUri, codeChallenge: form.code_challenge, nonce: form.nonce },
  );
  const info = form.client_info === '1' ? clientInfo(state, person) : undefined;
  return sendBack(c, redirectUri, { code, client_info: info, state: form.state }, mode);
}

function refuse(c: Context, state: State, { redirectUri, mode, form }: AuthorizeRequest, fault: OAuthFault) {
  const fields = {
    error: fault.error,
    error_description: describeFault(fault, traceOf(c, state)),
    state: form.state,
  };
  return sendBack(c, redirectUri, fields, mode);
}
