import { type Context, Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import type { Application, Json, ServicePrincipal, State } from '../state.ts';
import { parseKey } from './address.ts';
import { faults, graphEmpty, graphJson, odataContext } from './answer.ts';
import { applicationJson, applicationNoun } from './application-store.ts';
import { requireAct } from './authorization.ts';
import { answerList, answerOne } from './collection.ts';
import { isApplication, isRestorable, purge, servicePrincipalsDeletedWith, undelete } from './deletion.ts';
import type { Noun } from './noun.ts';
import { servicePrincipalNoun } from './service-principal-store.ts';

type Deleted = Application | ServicePrincipal;

export function createDeletedItemRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  routes.get('/directory/deletedItems/microsoft.graph.application', (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    return answerList(c, state, applicationNoun, restorable(state, state.applications));
  });
  routes.get('/directory/deletedItems/microsoft.graph.servicePrincipal', (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    return answerList(c, state, servicePrincipalNoun, restorable(state, state.servicePrincipals));
  });
  routes.get('/directory/deletedItems/:id', (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    const item = readDeleted(state, c);
    return answerOne(c, state, directoryObjects(item), typed(state, item));
  });
  routes.post('/directory/deletedItems/:id/restore', (c) => {
    const item = readDeleted(state, c);
    requireAct(state, c.get('caller'), 'change application', ownersOf(item));
    restore(state, item);
    const body = typed(state, item);
    return graphJson(c, state, { '@odata.context': odataContext('directoryObjects/$entity'), ...body });
  });
  routes.delete('/directory/deletedItems/:id', (c) => {
    requireAct(state, c.get('caller'), 'purge deleted items');
    purge(state, readDeleted(state, c));
    return graphEmpty(c, state, 204);
  });
  return routes;
}

function restorable(state: State, items: readonly Deleted[]): Json[] {
  return items.filter((item) => isRestorable(state, item)).map((item) => itemJson(state, item));
}

function readDeleted(state: State, c: Context<CallerEnv>): Deleted {
  const { value: id } = parseKey(c.req.param('id') ?? '', []);
  const items: Deleted[] = [...state.applications, ...state.servicePrincipals];
  const item = items.find((candidate) => candidate.id === id && isRestorable(state, candidate));
  if (!item) throw faults.notFound(id);
  return item;
}

/** Brings back what went together: an application and the service principal that was deleted with it. */
function restore(state: State, item: Deleted): void {
  if (isApplication(item) && !state.restoresApplicationsAlone) {
    for (const servicePrincipal of servicePrincipalsDeletedWith(state, item)) undelete(servicePrincipal);
  }
  undelete(item);
}

function ownersOf(item: Deleted): readonly string[] {
  return item.owners;
}

function itemJson(state: State, item: Deleted): Json {
  return isApplication(item) ? applicationJson(state, item) : item.graph;
}

function typed(state: State, item: Deleted): Json {
  return { '@odata.type': `#${nounOf(item).type}`, ...itemJson(state, item) };
}

function nounOf(item: Deleted): Noun {
  return isApplication(item) ? applicationNoun : servicePrincipalNoun;
}

function directoryObjects(item: Deleted): Noun {
  return { ...nounOf(item), set: 'directoryObjects' };
}
