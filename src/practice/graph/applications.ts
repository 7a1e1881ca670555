import { type Context, Hono } from 'hono';
import type { Caller, CallerEnv } from '../caller.ts';
import type { Application, Json, State } from '../state.ts';
import { type Key, parseKey } from './address.ts';
import { faults, graphCreated, graphEmpty, graphJson, odataContext } from './answer.ts';
import {
  applicationChange,
  type NewApplication,
  newApplication,
  ofApplication,
  upsertedApplication,
} from './application-body.ts';
import {
  applicationJson,
  applicationNoun,
  changeApplication,
  createApplication,
  findApplication,
  listedApplications,
  readApplication,
} from './application-store.ts';
import { requireAct } from './authorization.ts';
import { parseBody, readBody, readJsonBody } from './body.ts';
import { answerCount, answerList, answerOne, answerProperty } from './collection.ts';
import { softDeleteApplication } from './deletion.ts';
import { notPlayed } from './not-played.ts';
import { firstOwners, ownerList } from './owner-json.ts';
import { queryOptions } from './query.ts';
import { refuseForbiddenSecret } from './secret-policy.ts';
import { addSecret, secretJson, secretLife } from './secrets.ts';

export function createApplicationRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const noun = {
    ...applicationNoun,
    expands: { owners: (id: string) => ownerList(state, readApplication(state, { by: 'id', value: id })) },
  };
  routes.get('/applications', (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    const all = listedApplications(state).map((application) => applicationJson(state, application));
    return answerList(c, state, noun, all);
  });
  routes.post('/applications', async (c) => {
    const caller = c.get('caller');
    requireAct(state, caller, 'create application');
    return createAnswered(
      c,
      state,
      await readBody(c, newApplication, { ...ofApplication, binds: ['owners'] }),
    );
  });
  routes.get('/applications/$count', (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    const all = listedApplications(state).map((application) => applicationJson(state, application));
    return answerCount(c, noun, all);
  });
  routes.get('/applications/:key', (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    const application = readApplication(state, applicationKey(c));
    return answerOne(c, state, noun, applicationJson(state, application));
  });
  for (const name of noun.properties) {
    routes.get(`/applications/:key/${name}`, (c) => {
      requireAct(state, c.get('caller'), 'read applications');
      const application = readApplication(state, applicationKey(c));
      return answerProperty(c, state, noun, applicationJson(state, application), name);
    });
  }
  routes.patch('/applications/:key', (c) =>
    createsIfMissing(c) ? upsert(c, state) : change(c, state, readApplication(state, applicationKey(c))),
  );
  routes.delete('/applications/:key', (c) => {
    const application = readApplication(state, applicationKey(c));
    requireAct(state, c.get('caller'), 'change application', application.owners);
    softDeleteApplication(state, application);
    return graphEmpty(c, state, 204);
  });
  return routes;
}

/** In beta alone an application tells this, and Terraform's provider asks for it: github.com/microsoftgraph/msgraph-metadata/issues/273 */
const ofBeta = 'oauth2RequirePostResponse';

export function createBetaApplicationRoutes(state: State): Hono<CallerEnv> {
  return new Hono<CallerEnv>().get('/applications/:key', (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    readApplication(state, applicationKey(c));
    const selected = queryOptions(c, ['select'], faults.malformed).get('select');
    if (selected?.toLowerCase() !== ofBeta.toLowerCase())
      throw notPlayed(`more of an application in beta than '${ofBeta}'`);
    return graphJson(c, state, {
      '@odata.context': `https://graph.microsoft.com/beta/$metadata#applications(${ofBeta})/$entity`,
      [ofBeta]: false,
    });
  });
}

export function applicationKey(c: Context<CallerEnv>): Key {
  return parseKey(c.req.param('key') ?? '', ['appId', 'uniqueName']);
}

export function makerId(caller: Caller): string {
  return caller.kind === 'user' ? caller.person.id : caller.servicePrincipal.id;
}

/** learn.microsoft.com/graph/api/application-upsert: 201 with body when it creates, 204 when it changes. */
export function createsIfMissing(c: Context): boolean {
  return /(^|[\s,;])create-if-missing($|[\s,;])/i.test(c.req.header('prefer') ?? '');
}

async function upsert(c: Context<CallerEnv>, state: State): Promise<Response> {
  const key = applicationKey(c);
  const existing = findApplication(state, key);
  if (existing) return change(c, state, existing);
  if (key.by !== 'uniqueName') throw faults.notFound(key.value);
  requireAct(state, c.get('caller'), 'create application');
  const body = parseBody(await readJsonBody(c), upsertedApplication, ofApplication);
  if (body.uniqueName !== undefined && body.uniqueName !== key.value) {
    throw faults.badRequest("The value of property 'uniqueName' does not match the key in the request URL.");
  }
  return createAnswered(c, state, { ...body, uniqueName: key.value });
}

async function change(c: Context<CallerEnv>, state: State, application: Application): Promise<Response> {
  requireAct(state, c.get('caller'), 'change application', application.owners);
  changeApplication(state, application, await readBody(c, applicationChange, ofApplication));
  return graphEmpty(c, state, 204);
}

/** Inline secrets are shown in the answer to the creating call and never again. */
function createAnswered(c: Context<CallerEnv>, state: State, body: NewApplication): Response {
  const { passwordCredentials = [], 'owners@odata.bind': links, ...properties } = body;
  const lives = passwordCredentials.map((asked) => ({
    ...secretLife(state, asked),
    displayName: asked.displayName ?? null,
  }));
  for (const life of lives) refuseForbiddenSecret(state, state.clock.now(), life);
  const maker = makerId(c.get('caller'));
  const owners = firstOwners(state, maker, links);
  const application = createApplication(state, properties, maker, owners);
  const shown: Json[] = lives.map((life) => {
    const { stored, secretText } = addSecret(state, application, life);
    return secretJson(stored, secretText);
  });
  return graphCreated(c, state, `/applications/${application.id}`, {
    '@odata.context': odataContext('applications/$entity'),
    ...application.graph,
    passwordCredentials: shown,
  });
}
