import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import type { CallerEnv } from '../caller.ts';
import { graphClientId, graphScopeValues } from '../graph-permissions.ts';
import { createIds } from '../ids.ts';
import { recordConsent } from '../login/scopes.ts';
import type { Json, ServicePrincipal, State } from '../state.ts';
import { faults, GraphFault, graphCreated, graphEmpty, odataContext } from './answer.ts';
import { requireAct } from './authorization.ts';
import { anyGuid, readBody } from './body.ts';
import { answerList, answerOne } from './collection.ts';
import { notPlayed, refuseNotPlayed } from './not-played.ts';
import type { Noun } from './noun.ts';
import { findServicePrincipal, readServicePrincipal } from './service-principal-store.ts';
import { servicePrincipalKey } from './service-principals.ts';

const permissionGrantNoun: Noun = {
  resource: 'OAuth2PermissionGrant',
  type: 'microsoft.graph.oAuth2PermissionGrant',
  set: 'oauth2PermissionGrants',
  properties: ['clientId', 'consentType', 'id', 'principalId', 'resourceId', 'scope'],
  filterable: ['clientId', 'consentType', 'principalId', 'resourceId'],
  searchable: [],
};
const ofGrant = { resource: permissionGrantNoun.resource, readOnly: ['id'] };
const newGrant = z.strictObject({
  clientId: anyGuid,
  consentType: z.enum(['AllPrincipals', 'Principal']),
  principalId: z.nullish(anyGuid),
  resourceId: anyGuid,
  scope: z.nullish(z.string()),
  // Required by Azure AD Graph long ago; still sent, and of no effect.
  startTime: z.nullish(z.string()),
  expiryTime: z.nullish(z.string()),
});
const grantChange = z.strictObject({ scope: z.string() });

/** Delegated consents for everyone, to Microsoft Graph: one for each client (learn.microsoft.com/graph/api/resources/oauth2permissiongrant). */
export function createPermissionGrantRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const read = (c: Context<CallerEnv>) => {
    requireAct(state, c.get('caller'), 'read permission grants');
    return permissionGrants(state);
  };
  routes.get('/oauth2PermissionGrants', (c) => answerList(c, state, permissionGrantNoun, read(c)));
  routes.get('/servicePrincipals/:key/oauth2PermissionGrants', (c) => {
    const { id } = readServicePrincipal(state, servicePrincipalKey(c));
    const own = read(c).filter(({ clientId }) => clientId === id);
    return answerList(c, state, permissionGrantNoun, own);
  });
  routes.get('/oauth2PermissionGrants/:id', (c) => {
    refuseNotPlayed(c.req.param('id'));
    const known = read(c).find(({ id }) => id === c.req.param('id'));
    if (!known) throw faults.notFound(c.req.param('id'));
    return answerOne(c, state, permissionGrantNoun, known);
  });
  routes.post('/oauth2PermissionGrants', (c) => postGrant(c, state));
  routes.patch('/oauth2PermissionGrants/:id', async (c) => {
    requireAct(state, c.get('caller'), 'change permission grants');
    const { appId } = clientOf(state, c.req.param('id'));
    const scopes = readScopes((await readBody(c, grantChange, ofGrant)).scope);
    state.consents.delete(appId);
    recordConsent(state, appId, scopes);
    return graphEmpty(c, state, 204);
  });
  routes.delete('/oauth2PermissionGrants/:id', (c) => {
    requireAct(state, c.get('caller'), 'change permission grants');
    state.consents.delete(clientOf(state, c.req.param('id')).appId);
    return graphEmpty(c, state, 204);
  });
  return routes;
}

async function postGrant(c: Context<CallerEnv>, state: State): Promise<Response> {
  requireAct(state, c.get('caller'), 'change permission grants');
  const asked = await readBody(c, newGrant, ofGrant);
  if (asked.consentType === 'Principal') throw notPlayed("a consent of one person ('Principal')");
  const client = readServicePrincipal(state, { by: 'id', value: asked.clientId });
  const resource = readServicePrincipal(state, { by: 'id', value: asked.resourceId });
  if (resource.appId !== graphClientId)
    throw notPlayed('delegated permissions of another API than Microsoft Graph');
  if (state.consents.get(client.appId)?.size) {
    throw new GraphFault(409, 'Request_MultipleObjectsWithSameKeyValue', 'Permission entry already exists.');
  }
  recordConsent(state, client.appId, readScopes(asked.scope ?? ''));
  const made = grantJson(client, resource, asked.scope?.trim() ?? '');
  return graphCreated(c, state, `/oauth2PermissionGrants/${made.id}`, {
    '@odata.context': odataContext('oauth2PermissionGrants/$entity'),
    ...made,
  });
}

function readScopes(text: string): string[] {
  const scopes = text.split(/\s+/).filter((scope) => scope !== '');
  const unknown = scopes.find((scope) => !graphScopeValues.includes(scope));
  if (unknown === undefined) return scopes;
  throw notPlayed(`the delegated permission '${unknown}' of Microsoft Graph`);
}

function permissionGrants(state: State): ReturnType<typeof grantJson>[] {
  const resource = findServicePrincipal(state, { by: 'appId', value: graphClientId });
  return [...state.consents].flatMap(([clientAppId, scopes]) => {
    const client = findServicePrincipal(state, { by: 'appId', value: clientAppId });
    return client && resource && scopes.size > 0 ? [grantJson(client, resource, [...scopes].join(' '))] : [];
  });
}

function clientOf(state: State, id: string): ServicePrincipal {
  const grant = permissionGrants(state).find((one) => one.id === id);
  if (!grant) throw faults.notFound(id);
  return readServicePrincipal(state, { by: 'id', value: grant.clientId });
}

function grantJson(client: ServicePrincipal, resource: ServicePrincipal, scope: string) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  return {
    clientId: client.id,
    consentType: 'AllPrincipals',
    id: createIds(`${client.id}:${resource.id}`).text(43, letters),
    principalId: null,
    resourceId: resource.id,
    scope,
  } satisfies Json;
}
