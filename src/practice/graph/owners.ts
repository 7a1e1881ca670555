import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import type { CallerEnv } from '../caller.ts';
import type { Application, ServicePrincipal, State } from '../state.ts';
import { faults, graphEmpty } from './answer.ts';
import { readApplication } from './application-store.ts';
import { applicationKey } from './applications.ts';
import { requireAct } from './authorization.ts';
import { readJsonBody } from './body.ts';
import { answerList } from './collection.ts';
import { linkedId, ownerJson, ownerList, ownerNoun } from './owner-json.ts';
import { readServicePrincipal } from './service-principal-store.ts';
import { servicePrincipalKey } from './service-principals.ts';

const reference = z.strictObject({ '@odata.id': z.string() });

const owned = [
  { set: 'applications', act: 'change application', read: readOwnedApplication },
  { set: 'servicePrincipals', act: 'change service principal', read: readOwnedPrincipal },
] as const;

/** Who may change an application or a service principal without a directory role (learn.microsoft.com/graph/api/application-list-owners). */
export function createOwnerRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  for (const { set, act, read } of owned) {
    routes.get(`/${set}/:key/owners`, (c) => {
      requireAct(state, c.get('caller'), 'read applications');
      return answerList(c, state, ownerNoun, ownerList(state, read(state, c)));
    });
    routes.post(`/${set}/:key/owners/$ref`, async (c) => {
      const { owners } = read(state, c);
      requireAct(state, c.get('caller'), act, owners);
      const id = await referredTo(c);
      ownerJson(state, id);
      if (owners.includes(id)) throw alreadyThere();
      owners.push(id);
      return graphEmpty(c, state, 204);
    });
    routes.delete(`/${set}/:key/owners/:ownerId/$ref`, (c) => {
      const { owners } = read(state, c);
      requireAct(state, c.get('caller'), act, owners);
      const at = owners.indexOf(c.req.param('ownerId'));
      if (at < 0) throw faults.notFound(c.req.param('ownerId'));
      owners.splice(at, 1);
      return graphEmpty(c, state, 204);
    });
  }
  return routes;
}

function readOwnedApplication(state: State, c: Context<CallerEnv>): Application {
  return readApplication(state, applicationKey(c));
}

function readOwnedPrincipal(state: State, c: Context<CallerEnv>): ServicePrincipal {
  return readServicePrincipal(state, servicePrincipalKey(c));
}

async function referredTo(c: Context<CallerEnv>): Promise<string> {
  const named = reference.safeParse(await readJsonBody(c));
  return linkedId(named.success ? named.data['@odata.id'] : undefined);
}

const alreadyThere = () =>
  faults.badRequest(
    "One or more added object references already exist for the following modified properties: 'owners'.",
  );
