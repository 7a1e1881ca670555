import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import type { CallerEnv } from '../caller.ts';
import { microsoftClients } from '../login/clients.ts';
import { isOfMicrosoft } from '../microsoft-graph.ts';
import type { Application, GrantState, Json, ServicePrincipal, State } from '../state.ts';
import { type Key, parseKey } from './address.ts';
import { type ErrorDetail, faults, GraphFault, graphCreated, graphEmpty, odataContext } from './answer.ts';
import { findApplication } from './application-store.ts';
import { createsIfMissing, makerId } from './applications.ts';
import { requireAct } from './authorization.ts';
import { anyGuid, type BodyOf, readBody } from './body.ts';
import { answerCount, answerList, answerOne, answerProperty } from './collection.ts';
import { softDelete } from './deletion.ts';
import { grantsHeldBy, grantsTo } from './grants.ts';
import { notPlayed } from './not-played.ts';
import type { Noun } from './noun.ts';
import { firstOwners, ownerList } from './owner-json.ts';
import {
  createServicePrincipal,
  findServicePrincipal,
  liveServicePrincipals,
  readServicePrincipal,
  servicePrincipalNoun,
  takeTurns,
} from './service-principal-store.ts';

/** Request bodies of /servicePrincipals: learn.microsoft.com/graph/api/resources/serviceprincipal. */
const changeable = {
  accountEnabled: z.optional(z.boolean()),
  alternativeNames: z.optional(z.array(z.string())),
  appRoleAssignmentRequired: z.optional(z.boolean()),
  description: z.nullish(z.string().check(z.maxLength(1024))),
  displayName: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
  homepage: z.nullish(z.string()),
  loginUrl: z.nullish(z.string()),
  notificationEmailAddresses: z.optional(z.array(z.string())),
  samlSingleSignOnSettings: z.nullish(
    z.strictObject({ relayState: z._default(z.nullable(z.string()), null) }),
  ),
  notes: z.nullish(z.string().check(z.maxLength(1024))),
  preferredSingleSignOnMode: z.nullish(z.enum(['password', 'saml', 'notSupported', 'oidc'])),
  replyUrls: z.optional(z.array(z.string())),
  servicePrincipalNames: z.optional(z.array(z.string())),
  tags: z.optional(z.array(z.string().check(z.maxLength(256)))),
};
const newServicePrincipal = z.strictObject({
  ...changeable,
  appId: anyGuid,
  'owners@odata.bind': z.optional(z.array(z.string())),
});
const servicePrincipalChange = z.strictObject({ ...changeable, appId: z.optional(anyGuid) });

const ofServicePrincipal: BodyOf = {
  resource: 'ServicePrincipal',
  readOnly: [
    'id',
    'appDisplayName',
    'appOwnerOrganizationId',
    'appRoles',
    'deletedDateTime',
    'signInAudience',
  ],
};

const ofNew = { ...ofServicePrincipal, binds: ['owners'] };

export function createServicePrincipalRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const backingApplication = createBackingLookup(state);
  const noun = { ...servicePrincipalNoun, expands: expandsOf(state) };
  const all = () => liveServicePrincipals(state).map(({ graph }) => graph);
  const requireCreating = (c: Context<CallerEnv>, appId: string): void => {
    const owners = findApplication(state, { by: 'appId', value: appId })?.owners;
    requireAct(state, c.get('caller'), 'create service principal', owners);
  };
  routes.get('/servicePrincipals', (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    return answerList(c, state, noun, all());
  });
  routes.get('/servicePrincipals/$count', (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    return answerCount(c, noun, all());
  });
  routes.post('/servicePrincipals', async (c) => {
    const {
      appId,
      'owners@odata.bind': links,
      ...properties
    } = await readBody(c, newServicePrincipal, ofNew);
    requireCreating(c, appId);
    if (findServicePrincipal(state, { by: 'appId', value: appId })) throw nameInUse(appId);
    const owners = firstOwners(state, makerId(c.get('caller')), links);
    return createAnswered(c, state, backingApplication(c, appId), properties, owners);
  });
  routes.get('/servicePrincipals/:key', (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    return answerOne(c, state, noun, readServicePrincipal(state, servicePrincipalKey(c)).graph);
  });
  for (const name of noun.properties) {
    routes.get(`/servicePrincipals/:key/${name}`, (c) => {
      requireAct(state, c.get('caller'), 'read applications');
      return answerProperty(c, state, noun, readServicePrincipal(state, servicePrincipalKey(c)).graph, name);
    });
  }
  routes.patch('/servicePrincipals/:key', async (c) => {
    const key = servicePrincipalKey(c);
    const existing = findServicePrincipal(state, key);
    if (existing) requireAct(state, c.get('caller'), 'change service principal');
    else requireCreating(c, key.value);
    if (!existing && !(createsIfMissing(c) && key.by === 'appId')) throw faults.notFound(key.value);
    const { appId, ...properties } = await readBody(c, servicePrincipalChange, ofServicePrincipal);
    const heldAppId = existing?.appId ?? key.value;
    if (appId !== undefined && appId !== heldAppId) {
      throw faults.badRequest("Property 'appId' is read-only and cannot be set.");
    }
    if (!existing) return createAnswered(c, state, backingApplication(c, heldAppId), properties);
    refuseChangeOfForeign(state, existing);
    Object.assign(existing.graph, properties);
    return graphEmpty(c, state, 204);
  });
  routes.delete('/servicePrincipals/:key', (c) => {
    requireAct(state, c.get('caller'), 'change service principal');
    const servicePrincipal = readServicePrincipal(state, servicePrincipalKey(c));
    refuseDeletionOfMicrosofts(servicePrincipal);
    softDelete(state, servicePrincipal);
    return graphEmpty(c, state, 204);
  });
  return routes;
}

/** No sign-in heeds what would be changed of it. */
function refuseChangeOfForeign(state: State, { graph }: ServicePrincipal): void {
  if (graph.appOwnerOrganizationId !== state.organization.id)
    throw notPlayed(`changes of '${String(graph.displayName)}', which is Microsoft's own`);
}

/** sandyzeng.com/microsoft-intune-service-principal, read Nov 2026: it is refused. With which words Graph does so, no one has published. */
function refuseDeletionOfMicrosofts(servicePrincipal: ServicePrincipal): void {
  if (isOfMicrosoft(servicePrincipal))
    throw notPlayed(
      `the deletion of '${String(servicePrincipal.graph.displayName)}', which is Microsoft's own`,
    );
}

/** The related collections that a service principal can be read with. */
function expandsOf(state: State): NonNullable<Noun['expands']> {
  const listed = (grants: readonly GrantState[]) =>
    grants.filter(({ madeAt }) => state.lag.arrived('grantToList', madeAt)).map(({ graph }) => graph);
  return {
    owners: (id) => ownerList(state, readServicePrincipal(state, { by: 'id', value: id })),
    appRoleAssignments: (id) => listed(grantsHeldBy(state, id)),
    appRoleAssignedTo: (id) => listed(grantsTo(state, id)),
  };
}

export function servicePrincipalKey(c: Context<CallerEnv>): Key {
  return parseKey(c.req.param('key') ?? '', ['appId']);
}

function createAnswered(
  c: Context<CallerEnv>,
  state: State,
  application: Application,
  properties: Json,
  owners = [makerId(c.get('caller'))],
): Response {
  const servicePrincipal = createServicePrincipal(state, application, properties, owners);
  return graphCreated(c, state, `/servicePrincipals/${servicePrincipal.id}`, {
    '@odata.context': odataContext('servicePrincipals/$entity'),
    ...servicePrincipal.graph,
  });
}

/**
 * While the new application is on its way to the replica asked, the service answers one of two errors; the 403 reads as
 * if the caller lacked a permission. See github.com/Azure/azure-cli role/custom.py, which retries on both.
 */
function createBackingLookup(state: State): (c: Context<CallerEnv>, appId: string) => Application {
  const notYet = takeTurns([noBackingApplication, () => backingMustBeLocal()]);
  return (c, appId) => {
    const application = findApplication(state, { by: 'appId', value: appId });
    if (!application && microsoftClients.some((client) => client.appId === appId))
      throw notPlayed(
        "a service principal for an application of Microsoft's before anyone has consented to it",
      );
    if (!application) throw noBackingApplication(appId);
    if (!state.lag.arrived('applicationToServicePrincipal', application.madeAt)) throw notYet()(appId);
    refuseForeignApplication(c, application);
    return application;
  };
}

/** `Application.ReadWrite.OwnedBy` reaches only what the calling application made itself. */
function refuseForeignApplication(c: Context<CallerEnv>, application: Application): void {
  const caller = c.get('caller');
  if (caller.kind === 'user' || caller.roles.has('Application.ReadWrite.All')) return;
  if (application.madeBy !== makerId(caller)) throw backingMustBeLocal();
}

function noBackingApplication(appId: string): GraphFault {
  const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
  return faults.badRequest(message, [{ code: 'NoBackingApplicationObject', message, target: 'appId' }]);
}

function backingMustBeLocal(): GraphFault {
  return new GraphFault(
    403,
    'Authorization_RequestDenied',
    'When using this permission, the backing application of the service principal being created must in the local tenant',
  );
}

function nameInUse(appId: string): GraphFault {
  const message = `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`;
  const detail: ErrorDetail = { code: 'ObjectConflict', message, target: 'servicePrincipalNames' };
  return new GraphFault(409, 'Request_MultipleObjectsWithSameKeyValue', message, { details: [detail] });
}
