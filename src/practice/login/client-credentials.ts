import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { findServicePrincipal } from '../graph/service-principal-store.ts';
import type { Application, ServicePrincipal, State, StoredSecret } from '../state.ts';
import { noteSignIn } from '../time-attendance.ts';
import type { Client } from './clients.ts';
import type { PostedForm } from './form.ts';
import { requestFaults } from './request-faults.ts';
import { readDefaultScope } from './scopes.ts';
import { issueAppToken, tokenLife } from './tokens.ts';

/** grant_type=client_credentials: app-only, with a secret. */
export async function answerClientCredentials(
  c: Context,
  state: State,
  request: { readonly client: Client; readonly form: PostedForm },
): Promise<Response> {
  const { client, form } = request;
  const audience = readDefaultScope(state, form.scope);
  if (!client.application) throw requestFaults.publicWithSecret();
  if (!form.client_secret) throw requestFaults.missingSecret();
  const secret = checkSecret(state, client.application, form.client_secret);
  const servicePrincipal = liveServicePrincipal(state, client);
  noteSignIn(state, secret);
  c.header('Cache-Control', 'no-store, no-cache');
  return c.json({
    token_type: 'Bearer',
    expires_in: tokenLife.app,
    ext_expires_in: tokenLife.app,
    access_token: await issueAppToken(state, servicePrincipal, audience),
  });
}

/** Throws for a text that is no secret of the application: 7000215, also while a new one is on its way; 7000222. */
export function checkSecret(state: State, application: Application, text: string): StoredSecret {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const secret = application.secrets.find((stored) => stored.sha256.toLowerCase() === sha256);
  if (!secret || !hasArrived(state, secret)) throw requestFaults.wrongSecret(application.appId);
  if (secret.endsAt <= state.clock.now()) throw requestFaults.expiredSecret(application.appId);
  return secret;
}

function hasArrived(state: State, secret: StoredSecret): boolean {
  return state.lag.arrived('secretToToken', secret.madeAt) && secret.startsAt <= state.clock.now();
}

function liveServicePrincipal(state: State, client: Client): ServicePrincipal {
  const servicePrincipal = findServicePrincipal(state, { by: 'appId', value: client.appId });
  if (!servicePrincipal || !state.lag.arrived('servicePrincipalToToken', servicePrincipal.madeAt)) {
    throw requestFaults.missingServicePrincipal(client.appId, state.organization.id);
  }
  if (servicePrincipal.graph.accountEnabled === false) {
    throw requestFaults.disabledApplication(client.appId, client.name);
  }
  return servicePrincipal;
}
