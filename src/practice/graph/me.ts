import { type Context, Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { namesOfRoles } from '../directory-roles.ts';
import { createIds } from '../ids.ts';
import type { Json } from '../json.ts';
import type { Person, State } from '../state.ts';
import { parseKey } from './address.ts';
import { faults } from './answer.ts';
import { requireAct } from './authorization.ts';
import { answerList, answerOne } from './collection.ts';
import type { Noun } from './noun.ts';
import { isEventual } from './query.ts';
import { findUser, userNoun } from './users.ts';

const roleNoun: Noun = {
  resource: 'DirectoryRole',
  type: 'microsoft.graph.directoryRole',
  set: 'directoryRoles',
  properties: ['id', 'deletedDateTime', 'description', 'displayName', 'roleTemplateId'],
  filterable: ['id', 'displayName', 'roleTemplateId'],
  searchable: ['displayName'],
};

export function createMeRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  routes.get('/me', (c) => {
    const person = requireUser(c);
    requireAct(state, c.get('caller'), 'read me');
    return answerOne(c, state, userNoun, person.graph);
  });
  for (const path of ['/me/memberOf', '/me/transitiveMemberOf'] as const) {
    routes.get(path, (c) => {
      const roles = rolesOf(state, c).map((role) => ({
        '@odata.type': '#microsoft.graph.directoryRole',
        ...role,
      }));
      return answerList(c, state, { ...roleNoun, set: 'directoryObjects' }, roles);
    });
    routes.get(`${path}/microsoft.graph.directoryRole`, (c) => {
      refusePlainCast(c);
      return answerList(c, state, roleNoun, rolesOf(state, c));
    });
  }
  routes.get('/users/:key/transitiveMemberOf/microsoft.graph.directoryRole', (c) => {
    refusePlainCast(c);
    requireAct(state, c.get('caller'), 'read roles');
    const { value } = parseKey(c.req.param('key'), []);
    const person = findUser(state, value);
    if (!person) throw faults.notFound(value);
    return answerList(c, state, roleNoun, roleObjects(state, person));
  });
  return routes;
}

function rolesOf(state: State, c: Context<CallerEnv>): Json[] {
  const person = requireUser(c);
  requireAct(state, c.get('caller'), 'read roles');
  return roleObjects(state, person);
}

const roleObjects = (state: State, { roles }: Person): Json[] =>
  roles.map((templateId) => directoryRole(state, templateId));

/** The tenant's directoryRole object: its id is the tenant's own, unlike `roleTemplateId`. */
function directoryRole(state: State, roleTemplateId: string): Json {
  const [displayName] = namesOfRoles([roleTemplateId]);
  const id = createIds(`${state.organization.id}:${roleTemplateId}`).guid();
  return { id, deletedDateTime: null, description: displayName, displayName, roleTemplateId };
}

function requireUser(c: Context<CallerEnv>): Person {
  const caller = c.get('caller');
  if (caller.kind === 'user') return caller.person;
  throw faults.malformed('/me request is only valid with delegated authentication flow.');
}

/** A cast is an advanced query: learn.microsoft.com/graph/aad-advanced-queries. */
function refusePlainCast(c: Context): void {
  const counts = /[?&](\$|%24)?count=true/i.test(new URL(c.req.url).search);
  if (!isEventual(c) || !counts) throw faults.unsupportedQuery('Unsupported Query.');
}
