import { Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { graphAppId } from '../graph-permissions.ts';
import { createIds } from '../ids.ts';
import type { Json } from '../json.ts';
import type { State } from '../state.ts';
import { requireAct } from './authorization.ts';
import { answerList } from './collection.ts';
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

/** Delegated consents to Microsoft Graph, one for each client that has a service principal here. */
export function createPermissionGrantRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  routes.get('/oauth2PermissionGrants', (c) => {
    requireAct(state, c.get('caller'), 'read permission grants');
    return answerList(c, state, permissionGrantNoun, permissionGrants(state));
  });
  routes.get('/servicePrincipals/:key/oauth2PermissionGrants', (c) => {
    requireAct(state, c.get('caller'), 'read permission grants');
    const { id } = readServicePrincipal(state, servicePrincipalKey(c));
    const own = permissionGrants(state).filter(({ clientId }) => clientId === id);
    return answerList(c, state, permissionGrantNoun, own);
  });
  return routes;
}

function permissionGrants(state: State): Json[] {
  const resource = findServicePrincipal(state, { by: 'appId', value: graphAppId });
  return [...state.consents].flatMap(([clientAppId, scopes]) => {
    const client = findServicePrincipal(state, { by: 'appId', value: clientAppId });
    if (!client || !resource || scopes.size === 0) return [];
    return {
      clientId: client.id,
      consentType: 'AllPrincipals',
      id: createIds(`${client.id}:${resource.id}`).text(
        43,
        'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
      ),
      principalId: null,
      resourceId: resource.id,
      scope: [...scopes].join(' '),
    };
  });
}
