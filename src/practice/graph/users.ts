import { type Context, Hono } from 'hono';
import type { Caller, CallerEnv } from '../caller.ts';
import { namesOfRoles } from '../directory-roles.ts';
import { createIds } from '../ids.ts';
import type { Json, Person, State } from '../state.ts';
import { parseKey } from './address.ts';
import { faults } from './answer.ts';
import { mayDo, requireAct } from './authorization.ts';
import { answerCount, answerList, answerOne, answerProperty } from './collection.ts';
import type { Noun } from './noun.ts';
import { onlyNamed } from './organization.ts';
import { isEventual } from './query.ts';

/** learn.microsoft.com/graph/api/user-get: what comes without `$select`. */
const defaults = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

/** The basic profile: all that User.ReadBasic.All shows of other people. */
const basicProfile = ['id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName'];

export const userNoun: Noun = {
  resource: 'User',
  type: 'microsoft.graph.user',
  set: 'users',
  properties: [
    ...defaults,
    'accountEnabled',
    'assignedLicenses',
    'assignedPlans',
    'createdDateTime',
    'department',
    'mailNickname',
    'proxyAddresses',
    'usageLocation',
    'userType',
  ],
  filterable: [
    'id',
    'userPrincipalName',
    'mail',
    'displayName',
    'givenName',
    'surname',
    'userType',
    'accountEnabled',
    'proxyAddresses',
    'mailNickname',
  ],
  types: { accountEnabled: 'Edm.Boolean' },
  searchable: ['displayName', 'mail', 'userPrincipalName'],
  sortable: ['displayName', 'userPrincipalName'],
  defaults,
};

export function createUserRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  routes.get('/users', (c) => {
    const caller = c.get('caller');
    requireAct(state, caller, 'read users');
    const users = people(state).map((person) => shownTo(state, caller, person));
    return answerList(c, state, userNoun, users);
  });
  routes.get('/users/$count', (c) => {
    requireAct(state, c.get('caller'), 'read users');
    return answerCount(
      c,
      userNoun,
      people(state).map(({ graph }) => graph),
    );
  });
  const read = (c: Context<CallerEnv>): Json => {
    const caller = c.get('caller');
    const { value } = parseKey(c.req.param('key') ?? '', []);
    const person = findUser(state, value);
    const self = caller.kind === 'user' && person?.id === caller.person.id;
    requireAct(state, caller, self ? 'read me' : 'read users');
    if (!person) throw faults.notFound(value);
    return shownTo(state, caller, person);
  };
  routes.get('/users/:key', (c) => answerOne(c, state, userNoun, read(c)));
  for (const name of userNoun.properties) {
    routes.get(`/users/:key/${name}`, (c) => answerProperty(c, state, userNoun, read(c), name));
  }
  return routes;
}

export function shownTo(state: State, caller: Caller, person: Person): Json {
  const inFull = mayDo(state, caller, 'read users in full');
  return inFull || isSelf(caller, person) ? person.graph : onlyNamed(person.graph, basicProfile);
}

function isSelf(caller: Caller, person: Person): boolean {
  return caller.kind === 'user' && caller.person.id === person.id;
}

/** By object id or sign-in name, never by another address of the mailbox. */
function findUser(state: State, idOrName: string): Person | undefined {
  const wanted = idOrName.toLowerCase();
  return people(state).find(
    ({ id, userPrincipalName }) => id === wanted || userPrincipalName.toLowerCase() === wanted,
  );
}

/** Distribution lists are groups: they have an address but no user. */
function people(state: State): Person[] {
  return state.people.filter(({ kind }) => kind !== 'distribution list');
}

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
