import type { Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { createMailRoutes } from '../exchange/mail-routes.ts';
import { readCaller } from '../login/tokens.ts';
import type { State } from '../state.ts';
import { createRouter } from './address.ts';
import { GraphFault, graphFault } from './answer.ts';
import { createAppRoleAssignmentRoutes } from './app-role-assignments.ts';
import { createApplicationRoutes } from './applications.ts';
import { createBatchRoute } from './batch.ts';
import { createDeletedItemRoutes } from './deleted-items.ts';
import { createFederatedCredentialRoutes } from './federated-credentials.ts';
import { createMeRoutes } from './me.ts';
import { isWordOfGraph, notPlayed } from './not-played.ts';
import { createOrganizationRoutes } from './organization.ts';
import { createOwnerRoutes } from './owners.ts';
import { createPasswordRoutes } from './passwords.ts';
import { createPermissionGrantRoutes } from './permission-grants.ts';
import { createPolicyRoutes } from './policies.ts';
import { createServicePrincipalRoutes } from './service-principals.ts';
import { createSignInReportRoutes } from './sign-in-reports.ts';
import { createUserRoutes } from './users.ts';

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** graph.microsoft.com: every path starts with /v1.0, every request needs a token of the practice tenant. */
export function createGraphApp(state: State): Hono<CallerEnv> {
  const app = createRouter<CallerEnv>();
  app.use(async (c, next) => {
    const { caller } = c.env ?? {};
    c.set('caller', caller ?? (await readCaller(state, c.req.header('authorization'))));
    await next();
  });
  const rooms = [
    createOrganizationRoutes(state),
    createMeRoutes(state),
    createUserRoutes(state),
    createApplicationRoutes(state),
    createPasswordRoutes(state),
    createOwnerRoutes(state),
    createFederatedCredentialRoutes(state),
    createDeletedItemRoutes(state),
    createServicePrincipalRoutes(state),
    createAppRoleAssignmentRoutes(state),
    createPermissionGrantRoutes(state),
    createPolicyRoutes(state),
    createBatchRoute(state, (request, caller) => app.fetch(request, { caller })),
    createMailRoutes(state),
  ];
  for (const room of rooms) app.route('/v1.0', room);
  app.route('/beta', createSignInReportRoutes(state));
  const roots = new Set(app.routes.map(({ path }) => path.split('/')[2]));
  // The token check matches every path; one more handler means that another method would have been answered.
  const isRoute = (path: string) => methods.some((method) => app.router.match(method, path)[0].length > 1);
  app.notFound((c) => {
    const { path } = c.req;
    return graphFault(c, state, isRoute(path) ? wrongMethod() : unknownSegment(path, roots));
  });
  app.onError((error, c) => graphFault(c, state, asGraphFault(error)));
  return app;
}

function wrongMethod(): GraphFault {
  const message = 'Specified HTTP method is not allowed for the request target.';
  return new GraphFault(405, 'Request_BadRequest', message);
}

/** Graph names the first segment that means nothing to it. What it has and is not played, is not said to be missing. */
function unknownSegment(path: string, roots: ReadonlySet<string | undefined>): GraphFault {
  const [, version, ...segments] = path.split('/');
  if (version === 'beta' || segments.some(isWordOfGraph)) return notPlayed(`'${path}'`);
  const unknown = version !== 'v1.0' ? version : roots.has(segments[0]) ? segments.at(-1) : segments[0];
  return new GraphFault(404, 'BadRequest', `Resource not found for the segment '${unknown ?? ''}'.`);
}

/** A mistake of the practice tenant itself looks like one of the service's bad moments, and says what it was. */
function asGraphFault(error: Error): GraphFault {
  if (error instanceof GraphFault) return error;
  return new GraphFault(500, 'InternalServerError', error.message);
}
