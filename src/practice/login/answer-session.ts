import type { Context } from 'hono';
import { graphClientId } from '../graph-permissions.ts';
import { urlSafe } from '../ids.ts';
import type { DelegatedSession, Person, State } from '../state.ts';
import type { Client } from './clients.ts';
import type { PostedForm } from './form.ts';
import { type AskedScopes, consentedScopes, consentFault, missingScopes, readScopes } from './scopes.ts';
import { signInFaults } from './sign-in-faults.ts';
import { graphAudience, issueIdToken, issueUserToken, tokenLife } from './tokens.ts';

export interface SessionRequest {
  readonly client: Client;
  readonly session: DelegatedSession;
  readonly form: PostedForm;
  readonly nonce?: string | undefined;
}

/** The success body of every delegated grant. */
export async function answerSession(c: Context, state: State, request: SessionRequest): Promise<Response> {
  const { client, session, form } = request;
  const person = signedInPerson(state, session);
  const asked = readScopes(state, session.scopes);
  const granted = grantedScopes(state, client, asked);
  const accessToken = await issueUserToken(state, {
    person,
    clientId: client.appId,
    scopes: [...granted, ...asked.openId.filter((scope) => scope !== 'offline_access')],
    audience: asked.named ?? graphClientId,
  });
  c.header('Cache-Control', 'no-store, no-cache');
  return c.json({
    token_type: 'Bearer',
    scope: scopeText(state, granted, asked),
    expires_in: tokenLife.user,
    ext_expires_in: tokenLife.user,
    access_token: accessToken,
    ...(asked.openId.includes('offline_access') ? { refresh_token: refreshToken(state, session) } : {}),
    ...(asked.openId.includes('openid')
      ? { id_token: await issueIdToken(state, { person, clientId: client.appId, nonce: request.nonce }) }
      : {}),
    ...(form.client_info === '1' ? { client_info: clientInfo(state, person) } : {}),
  });
}

function signedInPerson(state: State, session: DelegatedSession): Person {
  const person = state.people.find(({ id }) => id === session.personId);
  if (!person || person.graph.accountEnabled === false) throw signInFaults.accountDisabled();
  return person;
}

/** All the client ever got consent for, which may be more than it asked now. */
function grantedScopes(state: State, client: Client, asked: AskedScopes): string[] {
  const granted = [...consentedScopes(state, client, asked.resource)];
  const lacks = missingScopes(state, client, asked).length > 0 || (asked.byDefault && granted.length === 0);
  if (lacks) throw consentFault(client, asked);
  return granted;
}

function scopeText(state: State, granted: readonly string[], asked: AskedScopes): string {
  const openId = asked.openId.filter((scope) => scope !== 'offline_access');
  const named = asked.named === undefined ? granted : granted.map((scope) => `${asked.named}/${scope}`);
  const byDefault = asked.byDefault ? [`${asked.named ?? graphAudience(state)}/.default`] : [];
  return [...openId, ...named, ...byDefault].join(' ');
}

function refreshToken(state: State, session: DelegatedSession): string {
  const text = `1.${state.ids.text(120, urlSafe)}`;
  state.refreshTokens.set(text, session);
  return text;
}

/** `client_info`, which MSAL asks for: whose account it is, and of which home tenant. */
export function clientInfo(state: State, person: Person): string {
  return Buffer.from(JSON.stringify({ uid: person.id, utid: state.organization.id })).toString('base64url');
}
