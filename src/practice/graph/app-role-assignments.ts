import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import type { CallerEnv } from '../caller.ts';
import { graphClientId } from '../graph-permissions.ts';
import type { GrantState, ServicePrincipal, State } from '../state.ts';
import { faults, type GraphFault, graphCreated, graphEmpty, odataContext } from './answer.ts';
import { requireAct } from './authorization.ts';
import { anyGuid, invalidValue, readBody } from './body.ts';
import { answerList, answerOne } from './collection.ts';
import {
  addGrant,
  findGrant,
  type GrantOf,
  grantsHeldBy,
  grantsTo,
  offersRole,
  removeGrant,
} from './grants.ts';
import type { Noun } from './noun.ts';
import { readServicePrincipal, takeTurns } from './service-principal-store.ts';
import { servicePrincipalKey } from './service-principals.ts';

const grantBody = z.strictObject({ principalId: anyGuid, resourceId: anyGuid, appRoleId: anyGuid });
const ofGrant = { resource: 'AppRoleAssignment', readOnly: ['id', 'createdDateTime', 'principalType'] };

const grantNoun: Noun = {
  resource: 'AppRoleAssignment',
  type: 'microsoft.graph.appRoleAssignment',
  set: 'appRoleAssignments',
  properties: [
    'id',
    'deletedDateTime',
    'appRoleId',
    'createdDateTime',
    'principalDisplayName',
    'principalId',
    'principalType',
    'resourceDisplayName',
    'resourceId',
  ],
  // github.com/microsoftgraph/microsoft-graph-docs/issues/10665, Nov 2020: of the three one alone can be filtered by.
  filterable: ['resourceId'],
  types: { appRoleId: 'Edm.Guid', principalId: 'Edm.Guid', resourceId: 'Edm.Guid' },
  searchable: [],
};

/** One grant is seen from both ends: who holds it, and whose role it is. */
const sides = [
  { path: 'appRoleAssignments', end: 'principalId', grants: grantsHeldBy },
  { path: 'appRoleAssignedTo', end: 'resourceId', grants: grantsTo },
] as const;
type Side = (typeof sides)[number];

export function createAppRoleAssignmentRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const notYet = takeTurns([faults.notFound, () => faults.badRequest('Not a valid reference update')]);
  for (const side of sides) {
    const path = `/servicePrincipals/:key/${side.path}` as const;
    routes.get(path, (c) => {
      requireAct(state, c.get('caller'), 'read applications');
      const { id } = readServicePrincipal(state, servicePrincipalKey(c));
      const listed = side.grants(state, id).filter(({ madeAt }) => state.lag.arrived('grantToList', madeAt));
      const noun = { ...grantNoun, set: `servicePrincipals('${id}')/${side.path}` };
      return answerList(
        c,
        state,
        noun,
        listed.map(({ graph }) => graph),
      );
    });
    routes.get(`${path}/:grantId`, (c) => {
      requireAct(state, c.get('caller'), 'read applications');
      const { id } = readServicePrincipal(state, servicePrincipalKey(c));
      const grantId = c.req.param('grantId');
      const grant = side.grants(state, id).find((candidate) => candidate.id === grantId);
      if (!grant || !state.lag.arrived('grantToList', grant.madeAt)) throw faults.notFound(grantId);
      return answerOne(
        c,
        state,
        { ...grantNoun, set: `servicePrincipals('${id}')/${side.path}` },
        grant.graph,
      );
    });
    routes.post(path, (c) => postGrant(c, state, side, notYet));
    routes.delete(`${path}/:grantId`, (c) => {
      const { id } = readServicePrincipal(state, servicePrincipalKey(c));
      const grantId = c.req.param('grantId');
      const grant = side.grants(state, id).find((candidate) => candidate.id === grantId);
      if (!grant) throw faults.notFound(grantId);
      requireGranting(c, state, readServicePrincipal(state, { by: 'id', value: grant.resourceId }));
      removeGrant(state, grant.id);
      return graphEmpty(c, state, 204);
    });
  }
  return routes;
}

async function postGrant(
  c: Context<CallerEnv>,
  state: State,
  side: Side,
  notYet: () => (id: string) => GraphFault,
): Promise<Response> {
  const { id } = readServicePrincipal(state, servicePrincipalKey(c));
  const asked = await readBody(c, grantBody, ofGrant);
  if (asked[side.end] !== id) throw invalidValue(side.end, ofGrant);
  const resource = readServicePrincipal(state, { by: 'id', value: asked.resourceId });
  requireGranting(c, state, resource);
  const principal = readServicePrincipal(state, { by: 'id', value: asked.principalId });
  if (!state.lag.arrived('servicePrincipalToGrant', principal.madeAt)) throw notYet()(principal.id);
  refuseWrongRole(state, resource, asked);
  const grant: GrantState = addGrant(state, asked);
  return graphCreated(c, state, `/servicePrincipals/${id}/${side.path}/${grant.id}`, {
    '@odata.context': odataContext(`servicePrincipals('${id}')/${side.path}/$entity`),
    ...grant.graph,
  });
}

function requireGranting(c: Context<CallerEnv>, state: State, resource: ServicePrincipal): void {
  const ofGraph = resource.appId === graphClientId;
  requireAct(
    state,
    c.get('caller'),
    ofGraph ? 'grant Graph application role' : 'grant other application role',
  );
}

function refuseWrongRole(state: State, resource: ServicePrincipal, asked: GrantOf): void {
  if (!offersRole(resource, asked.appRoleId)) {
    throw faults.badRequest(`Permission being assigned was not found on application '${resource.appId}'.`);
  }
  if (findGrant(state, asked)) {
    throw faults.badRequest('Permission being assigned already exists on the object');
  }
}
