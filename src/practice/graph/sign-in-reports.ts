import { Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { graphTime } from '../clock.ts';
import { graphClientId } from '../graph-permissions.ts';
import { createIds } from '../ids.ts';
import type { Application, Json, State, StoredSecret } from '../state.ts';
import { lastUseOf } from '../time-attendance.ts';
import { GraphFault, graphJson } from './answer.ts';
import { requireAct } from './authorization.ts';
import type { Noun } from './noun.ts';
import { readQuery } from './query.ts';
import { findServicePrincipal } from './service-principal-store.ts';

const activityNoun: Noun = {
  resource: 'AppCredentialSignInActivity',
  type: 'microsoft.graph.appCredentialSignInActivity',
  set: 'reports/appCredentialSignInActivities',
  properties: ['id', 'keyId', 'appId', 'signInActivity'],
  filterable: ['appId', 'keyId'],
  searchable: [],
};

/**
 * The report that says when each credential was used last: in beta alone, for tenants with Entra ID P1, and hours late
 * (learn.microsoft.com/graph/api/reportroot-list-appcredentialsigninactivities). The tenant is seconds late.
 */
export function createSignInReportRoutes(state: State): Hono<CallerEnv> {
  return new Hono<CallerEnv>().get('/reports/appCredentialSignInActivities', (c) => {
    // In no other cloud, as the page of the report says.
    if (state.cloud.name !== 'global') throw notThere();
    requireAct(state, c.get('caller'), 'read sign-in reports');
    if (!state.hasPremiumLicence) throw withoutLicence();
    const query = readQuery(c, activityNoun);
    const rows = state.applications
      .filter(({ deletedAt }) => deletedAt === undefined)
      .flatMap((application) => application.secrets.flatMap((secret) => rowOf(state, application, secret)));
    return graphJson(c, state, {
      '@odata.context': 'https://graph.microsoft.com/beta/$metadata#reports/appCredentialSignInActivities',
      value: rows.filter(query.matches).slice(0, query.top),
    });
  });
}

function notThere(): GraphFault {
  const message = "Resource not found for the segment 'appCredentialSignInActivities'.";
  return new GraphFault(404, 'BadRequest', message);
}

/** As the sister reports refuse (github.com/microsoftgraph/microsoft-graph-docs/issues/10987). */
function withoutLicence(): GraphFault {
  const message = "Neither tenant is B2C or tenant doesn't have premium license";
  return new GraphFault(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', message);
}

/** A secret that no one has used yet has none. */
function rowOf(state: State, application: Application, secret: StoredSecret): Json[] {
  const lastAt = lastUseOf(state, application, secret);
  if (lastAt === undefined) return [];
  const principal = findServicePrincipal(state, { by: 'appId', value: application.appId });
  const graph = state.servicePrincipals.find(({ appId }) => appId === graphClientId);
  return [
    {
      '@odata.type': '#microsoft.graph.appCredentialSignInActivity',
      id: Buffer.from(`${secret.keyId}|application`).toString('base64'),
      keyId: secret.keyId,
      keyType: 'clientSecret',
      keyUsage: 'verify',
      appId: application.appId,
      appObjectId: application.id,
      servicePrincipalObjectId: principal?.id ?? null,
      resourceId: graph?.id ?? null,
      credentialOrigin: 'application',
      createdDateTime: graphTime(secret.madeAt),
      expirationDateTime: graphTime(secret.endsAt),
      signInActivity: {
        lastSignInDateTime: graphTime(lastAt),
        lastSignInRequestId: createIds(`${secret.keyId}:${lastAt}`).guid(),
      },
    },
  ];
}
