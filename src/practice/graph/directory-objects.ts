import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Caller, CallerEnv } from '../caller.ts';
import type { Json, State } from '../state.ts';
import { parseKey } from './address.ts';
import { faults, graphJson, odataContext } from './answer.ts';
import { applicationJson, applicationNoun, findApplication } from './application-store.ts';
import { type Act, requireAct } from './authorization.ts';
import { anyGuid, readBody } from './body.ts';
import { answerList, answerOne } from './collection.ts';
import { notPlayed } from './not-played.ts';
import type { Noun } from './noun.ts';
import {
  findServicePrincipal,
  readServicePrincipal,
  servicePrincipalNoun,
} from './service-principal-store.ts';
import { servicePrincipalKey } from './service-principals.ts';
import { shownTo, userNoun } from './users.ts';

/** An object of the directory, whichever kind it is of. */
interface Found {
  readonly noun: Noun;
  readonly act: Act;
  readonly graph: Json;
}

const byIds = z.strictObject({
  ids: z.array(anyGuid).check(z.maxLength(1000)),
  types: z.optional(z.array(z.string())),
});

/** Objects by their id alone: learn.microsoft.com/graph/api/directoryobject-get and directoryobject-getbyids, read Nov 2026. */
export function createDirectoryObjectRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  routes.get('/directoryObjects/:key', (c) => {
    const { value: id } = parseKey(c.req.param('key'), []);
    const caller = c.get('caller');
    const found = find(state, caller, id);
    requireAct(state, caller, found?.act ?? 'read directory');
    if (!found) throw faults.notFound(id);
    return answerOne(c, state, { ...found.noun, set: 'directoryObjects' }, typed(found));
  });
  routes.post('/directoryObjects/getByIds', async (c) => {
    const { ids, types } = await readBody(c, byIds, { resource: 'directoryObject' });
    const caller = c.get('caller');
    requireAct(state, caller, 'read directory');
    const wanted = types?.map(readType);
    const value = [...new Set(ids)]
      .flatMap((id) => find(state, caller, id) ?? [])
      .filter(
        ({ noun }) =>
          wanted === undefined || wanted.includes('directoryobject') || wanted.includes(typeOf(noun)),
      )
      .map((found) => trimmed(found));
    return graphJson(c, state, { '@odata.context': odataContext('directoryObjects'), value });
  });
  // learn.microsoft.com/graph/api/serviceprincipal-list-memberof, read Nov 2026.
  routes.get('/servicePrincipals/:key/memberOf', (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    const { memberOf = [] } = readServicePrincipal(state, servicePrincipalKey(c));
    return answerList(c, state, directoryObjectNoun, memberOf);
  });
  return routes;
}

/** A group or a directory role, as far as both are listed. */
const directoryObjectNoun: Noun = {
  resource: 'DirectoryObject',
  type: 'microsoft.graph.directoryObject',
  set: 'directoryObjects',
  properties: ['id', 'deletedDateTime', 'description', 'displayName'],
  filterable: ['id'],
  searchable: ['displayName'],
};

const typeOf = ({ type }: Noun): string => type.replace('microsoft.graph.', '').toLowerCase();

/** What Graph says of a word that is no type is not known. */
function readType(asked: string): string {
  const type = asked.toLowerCase();
  if (
    !/^(directoryobject|user|application|serviceprincipal|group|device|administrativeunit|directoryrole|orgcontact)$/.test(
      type,
    )
  )
    throw notPlayed(`the type '${asked}' of directory objects`);
  return type;
}

const typed = ({ noun, graph }: Found): Json => ({ '@odata.type': `#${noun.type}`, ...graph });

function trimmed(found: Found): Json {
  const { noun, graph } = found;
  const names = noun.defaults ?? Object.keys(graph);
  return typed({ ...found, graph: Object.fromEntries(names.map((name) => [name, graph[name] ?? null])) });
}

function find(state: State, caller: Caller, id: string): Found | undefined {
  const person = state.people.find((one) => one.id === id);
  if (person?.kind === 'distribution list') throw notPlayed('groups');
  if (person) return { noun: userNoun, act: 'read users', graph: shownTo(state, caller, person) };
  const key = { by: 'id', value: id };
  const principal = findServicePrincipal(state, key);
  if (principal) return { noun: servicePrincipalNoun, act: 'read applications', graph: principal.graph };
  const application = findApplication(state, key);
  if (!application) return undefined;
  return { noun: applicationNoun, act: 'read applications', graph: applicationJson(state, application) };
}
