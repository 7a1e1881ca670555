import { Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import type { Json, State } from '../state.ts';
import { parseKey } from './address.ts';
import { faults } from './answer.ts';
import { mayDo, requireAct } from './authorization.ts';
import { answerList, answerOne } from './collection.ts';
import type { Noun } from './noun.ts';

/** All that `User.Read` alone shows; the rest is null: learn.microsoft.com/graph/api/organization-list. */
const shownToAnyone = ['id', 'displayName', 'verifiedDomains'];

export function createOrganizationRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const noun: Noun = {
    resource: 'Organization',
    type: 'microsoft.graph.organization',
    set: 'organization',
    properties: Object.keys(state.organization.graph),
    filterable: ['id', 'displayName'],
    searchable: [],
  };
  const shownTo = (inFull: boolean): Json =>
    inFull ? state.organization.graph : onlyNamed(state.organization.graph, shownToAnyone);
  routes.get('/organization', (c) => {
    requireAct(state, c.get('caller'), 'read organization');
    const inFull = mayDo(state, c.get('caller'), 'read organization in full');
    return answerList(c, state, noun, [shownTo(inFull)]);
  });
  routes.get('/organization/:key', (c) => {
    requireAct(state, c.get('caller'), 'read organization');
    const { value } = parseKey(c.req.param('key'), []);
    if (value !== state.organization.id) throw faults.notFound(value);
    const inFull = mayDo(state, c.get('caller'), 'read organization in full');
    return answerOne(c, state, noun, shownTo(inFull));
  });
  return routes;
}

/** Nulls what the caller may not see: the property stays. */
export function onlyNamed(item: Json, names: readonly string[]): Json {
  const shown = Object.entries(item).map(([name, value]) => [name, names.includes(name) ? value : null]);
  return Object.fromEntries(shown);
}
