import type { Hono, HonoRequest } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { mailFaults } from '../exchange/mail-faults.ts';
import { createMailRoutes } from '../exchange/mail-routes.ts';
import { selectableProperties } from '../exchange/select.ts';
import { readCaller } from '../login/tokens.ts';
import type { State } from '../state.ts';
import { createRouter } from './address.ts';
import { GraphFault, graphFault } from './answer.ts';
import { createAppRoleAssignmentRoutes } from './app-role-assignments.ts';
import { createApplicationRoutes, createBetaApplicationRoutes } from './applications.ts';
import { createBatchRoute } from './batch.ts';
import { createDeletedItemRoutes } from './deleted-items.ts';
import { createDirectoryObjectRoutes } from './directory-objects.ts';
import { createFederatedCredentialRoutes } from './federated-credentials.ts';
import { isPropertyNotPlayed, isWordOfGraph, notPlayed } from './not-played.ts';
import { propertyOf } from './noun.ts';
import { createOrganizationRoutes } from './organization.ts';
import { createOwnerRoutes } from './owners.ts';
import { createPasswordRoutes } from './passwords.ts';
import { createPermissionGrantRoutes } from './permission-grants.ts';
import { createPolicyRoutes } from './policies.ts';
import { refuseUnreadOptions } from './query.ts';
import { createServicePrincipalRoutes } from './service-principals.ts';
import { createSignInReportRoutes } from './sign-in-reports.ts';
import { createMeRoutes, createUserRoutes } from './users.ts';

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** graph.microsoft.com: every path starts with /v1.0, every request needs a token of the practice tenant. */
export function createGraphApp(state: State): Hono<CallerEnv> {
  const app = createRouter<CallerEnv>(state.organization.id);
  app.use(async (c, next) => {
    // A browser asks so for a page of another host, before all else and without a token.
    if (c.req.method === 'OPTIONS') throw notPlayed('OPTIONS');
    const { caller } = c.env ?? {};
    c.set('caller', caller ?? (await readCaller(state, c.req.header('authorization'))));
    refuseForm(c.req.method, c.req.header('accept') ?? '');
    refuseCondition(c.req);
    refusePreference(c.req.method, c.req.path, c.req.header('prefer') ?? '');
    if (!readsOptions(c.req)) refuseUnreadOptions(c);
    await next();
    if (c.res.ok) refuseUnreadOptions(c);
  });
  const rooms = [
    createOrganizationRoutes(state),
    createMeRoutes(state),
    createUserRoutes(state),
    createApplicationRoutes(state),
    createPasswordRoutes(state),
    createOwnerRoutes(state),
    createFederatedCredentialRoutes(state),
    createDirectoryObjectRoutes(state),
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
  app.route('/beta', createBetaApplicationRoutes(state));
  answerUnknownRoutes(app, state);
  app.onError((error, c) => graphFault(c, state, asGraphFault(error)));
  return app;
}

/** Answers in another form than JSON with little metadata, and answers without a body, would have to be Graph's in every detail. */
function refuseForm(method: string, accept: string): void {
  if (method === 'HEAD') throw notPlayed('HEAD');
  if (/odata\.metadata=full|^(application|text)\/((atom\+)?xml|html)$/i.test(accept))
    throw notPlayed(`answers in the form '${accept}'`);
}

/** A condition that is not looked at would be one that holds. A change of a message looks at its own. */
function refuseCondition(req: HonoRequest): void {
  const isLookedAt = req.method === 'PATCH' && isMessage(req.path);
  for (const [name, value] of Object.entries(req.header()))
    if (name.startsWith('if-') && !(name === 'if-match' && (isLookedAt || value === '*')))
      throw notPlayed(`the header '${name}'`);
}

const isMessage = (path: string): boolean => /\/messages\/[^/]+$/.test(path);

/** A change of an object in the directory is answered without a body, and one in a mailbox with it, whatever is preferred. */
function refusePreference(method: string, path: string, prefer: string): void {
  const [asked] = /\breturn=(minimal|representation)\b/i.exec(prefer) ?? [];
  const isAnswered = method !== 'PATCH' || isMessage(path);
  if (asked && (!isAnswered || /minimal/i.test(asked))) throw notPlayed(`'Prefer: ${asked}'`);
}

/** What is to be said of a path that no route answers. */
export function answerUnknownRoutes(app: Hono<CallerEnv>, state: State): void {
  const parts = app.routes.map(({ path }) => path.split('/'));
  const roots = new Set(parts.map(([, , root]) => root));
  const words = new Set(parts.flat());
  const routesOf = (path: string) =>
    methods.flatMap((method) =>
      app.router
        .match(method, path)[0]
        .map(([[, route]]) => route)
        .filter((route) => route.method === method),
    );
  app.notFound((c) => {
    const { method, path, url } = c.req;
    const asked = new URL(url).pathname;
    const routes = routesOf(path);
    // What is posted to where an id may stand would be an action.
    const isUnknown =
      routes.length === 0 || (method === 'POST' && routes.every((route) => /\/:[^/]+$/.test(route.path)));
    // A property of a property, one object of a list that is played, or what is played of another object.
    const [parent = '', last = ''] = [path.slice(0, path.lastIndexOf('/')), path.split('/').at(-1)];
    const isDeep =
      method !== 'POST' &&
      parent.split('/').length > 4 &&
      routesOf(parent).some((route) => !/:[^/]+$/.test(route.path));
    const isOfGraph =
      isDeep ||
      (path.split('/').length > 3 && (words.has(last) || isPropertyNotPlayed(last))) ||
      isPartOfMessage(path);
    const fault = isUnknown
      ? unknownSegment(path, roots, isOfGraph, asked)
      : otherMethod(method, asked, routes);
    return graphFault(c, state, fault);
  });
}

const isPartOfMessage = (path: string): boolean => {
  const [, part = ''] = /\/messages\/[^/]+\/(\w+)$/.exec(path) ?? [];
  return propertyOf(selectableProperties, part) !== undefined;
};

/** A write is done before it is answered, so what it does not read is refused before. Of writes those of mail alone read options. */
function readsOptions({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return method === 'GET' || /\/(messages|attachments)(\/[^/]+)?$/.test(path);
}

/** An action has POST alone, and nothing of what is played is put. Any other method may be one that Graph has. */
function otherMethod(
  method: string,
  path: string,
  routes: readonly { readonly method: string }[],
): GraphFault {
  if (path.endsWith('/$ref') || (method !== 'PUT' && routes.some((route) => route.method !== 'POST')))
    return notPlayed(`${method} of '${path}'`);
  const message = 'Specified HTTP method is not allowed for the request target.';
  return new GraphFault(405, 'Request_BadRequest', message);
}

/** Graph names the first segment that means nothing to it. What it has and is not played, is not said to be missing. */
function unknownSegment(
  path: string,
  roots: ReadonlySet<string | undefined>,
  isOfGraph: boolean,
  asked: string,
): GraphFault {
  const [, version, ...segments] = path.split('/');
  // Public reports of Sep 2026; in Jul 2023 it was 400 without the word: github.com/microsoftgraph/msgraph-sample-blazor-clientside/issues/94.
  if (version && !['v1.0', 'beta'].includes(version))
    return new GraphFault(404, 'ResourceNotFound', `Invalid version: ${version}`);
  if (version === 'v1.0' && segments.every((segment) => segment === ''))
    return notPlayed("the list of what there is ('/v1.0')");
  const isPlayedElsewhere = (isOfGraph || segments.length === 1) && roots.has(segments[0]);
  if (version === 'beta' || isPlayedElsewhere || hasWordOfGraph(segments)) return notPlayed(`'${asked}'`);
  const [, inMail] = /^\/v1\.0\/(?:me|users\/[^/]+)\/messages\/(?:.*\/)?([^/]*)$/.exec(path) ?? [];
  if (inMail !== undefined) return mailFaults.noSuchSegment(inMail);
  const unknown = roots.has(segments[0]) ? segments.at(-1) : segments[0];
  return new GraphFault(404, 'BadRequest', `Resource not found for the segment '${unknown ?? ''}'.`);
}

/** Or the id of another tenant, or a domain, in the place of the one that the token is for. */
const hasWordOfGraph = (segments: readonly string[]): boolean =>
  /^[0-9a-f-]{36}$|\./i.test(segments[0] ?? '') || segments.some(isWordOfGraph);

/** A mistake of the practice tenant itself looks like one of the service's bad moments, and says what it was. */
function asGraphFault(error: Error): GraphFault {
  if (error instanceof GraphFault) return error;
  return new GraphFault(500, 'InternalServerError', error.message);
}
