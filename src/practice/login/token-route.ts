import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { graphTime } from '../clock.ts';
import { findServicePrincipal } from '../graph/service-principal-store.ts';
import type { Application, DelegatedSession, ServicePrincipal, State, StoredSecret } from '../state.ts';
import { noteSignIn } from '../time-attendance.ts';
import { answerSession } from './answer-session.ts';
import { redeemAuthorizationCode } from './authorization-codes.ts';
import { type Client, readClient } from './clients.ts';
import { redeemDeviceCode } from './device-codes.ts';
import { type PostedForm, readForm } from './form.ts';
import { notPlayedAtSignIn, requestFaults } from './request-faults.ts';
import { openIdScopes, readDefaultScope, splitScopes } from './scopes.ts';
import { signInFaults } from './sign-in-faults.ts';
import { readTenantName } from './tenant-name.ts';
import { issueAppToken, signedInNow, tokenLife } from './tokens.ts';

interface TokenRequest {
  readonly client: Client;
  readonly form: PostedForm;
}

type Grant = (c: Context, state: State, request: TokenRequest) => Promise<Response>;

/** By grant_type. */
const grants: Readonly<Record<string, Grant>> = {
  client_credentials: answerClientCredentials,
  'urn:ietf:params:oauth:grant-type:device_code': answerDeviceCode,
  // Its name before RFC 8628, which older clients still send.
  device_code: answerDeviceCode,
  authorization_code: answerAuthorizationCode,
  refresh_token: answerRefreshToken,
};

/** What else Entra grants tokens for: learn.microsoft.com/entra/identity-platform, v2-oauth-ropc and two more, read Nov 2026. */
const grantsNotPlayed: readonly string[] = [
  'password',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
];

export function tokenRoute(state: State): Hono {
  return new Hono().post('/:tenant/oauth2/v2.0/token', async (c) => {
    const tenant = readTenantName(state, c.req.param('tenant'));
    const form = withBasicCredentials(await readForm(c), c.req.header('authorization'));
    const grantType = form.grant_type;
    if (!grantType) throw requestFaults.missingParameter('grant_type');
    if (grantsNotPlayed.includes(grantType)) throw notPlayedAtSignIn(`the grant type '${grantType}'`);
    if (form.resource) throw requestFaults.resourceParameter();
    // A certificate or a federated identity in place of a secret.
    if (form.client_assertion) throw notPlayedAtSignIn("'client_assertion'");
    const grant = Object.hasOwn(grants, grantType) ? grants[grantType] : undefined;
    if (!grant) throw requestFaults.unsupportedGrant(grantType);
    const client = readClient(state, form.client_id, tenant);
    return grant(c, state, { client, form });
  });
}

async function answerDeviceCode(c: Context, state: State, { client, form }: TokenRequest): Promise<Response> {
  if (!client.isPublic) throw requestFaults.notPublic();
  if (!form.device_code) throw requestFaults.missingParameter('device_code');
  const { personId, scopes } = redeemDeviceCode(state, form.device_code, client);
  const session: DelegatedSession = {
    personId: personId ?? '',
    clientId: client.appId,
    scopes,
    ...signedInNow(state),
  };
  return answerSession(c, state, { client, session, form });
}

async function answerAuthorizationCode(
  c: Context,
  state: State,
  { client, form }: TokenRequest,
): Promise<Response> {
  authenticate(state, client, form);
  const { session, nonce } = redeemAuthorizationCode(state, form, client);
  return answerSession(c, state, { client, session, form, nonce });
}

async function answerRefreshToken(
  c: Context,
  state: State,
  { client, form }: TokenRequest,
): Promise<Response> {
  if (!form.refresh_token) throw requestFaults.missingParameter('refresh_token');
  authenticate(state, client, form);
  const known = state.refreshTokens.get(form.refresh_token);
  if (!known || known.clientId !== client.appId) throw signInFaults.malformedGrant();
  const revokedAt = state.revocations[known.generation];
  if (revokedAt !== undefined) {
    throw signInFaults.revokedGrant(graphTime(known.signedInAt), graphTime(revokedAt));
  }
  const session = form.scope ? { ...known, scopes: refreshedScopes(known, form.scope) } : known;
  return answerSession(c, state, { client, session, form });
}

/** A refresh may ask for other scopes of Graph; that the session has a refresh token and an id token stays. */
function refreshedScopes(known: DelegatedSession, scope: string): string[] {
  const kept = known.scopes.filter((name) => openIdScopes.includes(name));
  return [...new Set([...kept, ...splitScopes(scope)])];
}

/** A confidential client shows its secret, a public one must not. */
function authenticate(state: State, client: Client, form: PostedForm): void {
  const secret = form.client_secret;
  if (client.isPublic && secret) throw requestFaults.publicWithSecret();
  if (client.isPublic || !client.application) return;
  if (!secret) throw requestFaults.notPublic();
  checkSecret(state, client.application, secret);
}

/** RFC 6749, 2.3.1: both halves are form-encoded before they are joined. */
function withBasicCredentials(form: PostedForm, header: string | undefined): PostedForm {
  const encoded = /^Basic +(\S+)$/i.exec(header ?? '')?.[1];
  if (!encoded) return form;
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { client_id: formDecoded(id), client_secret: formDecoded(rest.join(':')), ...form };
}

function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text}`).get('value') ?? '';
}

/** grant_type=client_credentials: app-only, with a secret. */
async function answerClientCredentials(
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
function checkSecret(state: State, application: Application, text: string): StoredSecret {
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
