import type { Context } from 'hono';
import { faults, type GraphFault } from './answer.ts';
import { type Predicate, parseFilter } from './filter.ts';
import { notPlayed, refuseNotPlayed, refusePropertyNotPlayed } from './not-played.ts';
import { type Noun, propertyOf } from './noun.ts';
import { parseSearch } from './search.ts';

export interface Query {
  readonly select: readonly string[] | undefined;
  readonly matches: Predicate;
  readonly order: { readonly property: string; readonly descending: boolean } | undefined;
  readonly expand: Expand | undefined;
  readonly top: number;
  /** Id of the last object of the page before. */
  readonly after: string | undefined;
  readonly count: boolean;
}

/** One related collection that comes with each object. */
export interface Expand {
  readonly name: string;
  readonly select: readonly string[] | undefined;
}

/** Every query option that OData or Graph has a meaning for, whether it is played or not. */
const ofOData = [
  'apply',
  'compute',
  'count',
  'deltatoken',
  'expand',
  'filter',
  'format',
  'index',
  'levels',
  'orderby',
  'schemaversion',
  'search',
  'select',
  'skip',
  'skiptoken',
  'top',
];
const ofList = ['select', 'filter', 'search', 'orderby', 'expand', 'count', 'top', 'skip', 'skiptoken'];

/** Query options of a list. Throws Graph's 400 for what it would not answer. */
export function readQuery(c: Context, noun: Noun): Query {
  const options = queryOptions(c, ofList, faults.malformed);
  // As public clients quote it, read Nov 2026: the directory pages by its links alone.
  if (options.has('skip')) throw faults.badRequest("'$skip' is not supported by the service.");
  const eventual = isEventual(c);
  for (const name of ['search', 'count']) {
    if (options.has(name) && !eventual && options.get(name) !== 'false') throw needsConsistencyLevel(name);
  }
  const count = readCount(options.get('count'), faults.malformed);
  const filter = options.get('filter');
  const filtered = filter === undefined ? () => true : parseFilter(filter, noun, eventual && count);
  const search = options.get('search');
  const searched = search === undefined ? () => true : parseSearch(search, noun);
  const order = readOrder(options.get('orderby'), noun);
  // learn.microsoft.com/graph/aad-advanced-queries: sorting what is filtered is an advanced query.
  if (order && filter !== undefined && !(eventual && count)) {
    throw faults.unsupportedQuery('Sorting not supported for current query.');
  }
  return {
    select: readSelect(options.get('select'), noun),
    matches: (item) => filtered(item) && searched(item),
    order,
    expand: readExpand(options.get('expand'), noun),
    top: readTop(options.get('top')),
    after: readSkipToken(options.get('skiptoken')),
    count,
  };
}

/** The options of a single object. */
export function readObjectQuery(c: Context, noun: Noun): Pick<Query, 'select' | 'expand'> {
  const options = queryOptions(c, ['select', 'expand'], faults.malformed);
  return {
    select: readSelect(options.get('select'), noun),
    expand: readExpand(options.get('expand'), noun),
  };
}

/** Refuses the options of a request that no one has read: an answer that leaves one out of account is a wrong answer. */
export function refuseUnreadOptions(c: Context): void {
  if (c.get('optionsAreRead') !== true) queryOptions(c, [], faults.malformed);
}

export function isEventual(c: Context): boolean {
  return c.req.header('consistencylevel')?.toLowerCase() === 'eventual';
}

/**
 * The options by their names without `$`, which v1.0 lets a client leave out, in lower case. An option of OData that is not
 * `played` is refused as such; `refusal` makes Graph's own answer to one that is given twice, and to whatever else begins with
 * `$`. Other names are a client's own, and mean nothing to Graph.
 */
export function queryOptions(
  c: Context,
  played: readonly string[],
  refusal: (message: string) => GraphFault,
): Map<string, string> {
  c.set('optionsAreRead', true);
  const options = new Map<string, string>();
  for (const [name, value] of new URL(c.req.url).searchParams) {
    const option = name.replace(/^\$/, '').toLowerCase();
    if (isDefaultFormat(option, value)) continue;
    if (!played.includes(option)) refuseOption(c, name, option, refusal);
    else if (options.has(option)) throw refusal(givenTwice(name));
    else options.set(option, value);
  }
  return options;
}

/** learn.microsoft.com/graph/query-parameters, read Nov 2026: Graph answers in JSON whether it is asked for or not. */
const isDefaultFormat = (option: string, value: string): boolean =>
  option === 'format' && /^(application\/)?json$/i.test(value);

/** OData 4.01, part 2, 5.1: an option that a service knows is given once at most. */
const givenTwice = (name: string): string =>
  `Query option '${name}' was specified more than once, but it must be specified at most once.`;

function refuseOption(
  c: Context,
  name: string,
  option: string,
  refusal: (message: string) => GraphFault,
): void {
  if (ofOData.includes(option))
    throw notPlayed(`the query option '${name}' of '${new URL(c.req.url).pathname}'`);
  if (name.startsWith('$')) throw refusal(`The query option '${name}' is not supported.`);
}

export function readCount(text = 'false', refusal: (message: string) => GraphFault): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw refusal(
    `Invalid value '${text}' for $count query option found. Valid values are 'true' and 'false'.`,
  );
}

function readSelect(text: string | undefined, noun: Noun): readonly string[] | undefined {
  return text?.split(',').map((name) => {
    const found = propertyOf(noun.properties, name.trim());
    if (found === undefined) throw noProperty(name.trim(), noun);
    return found;
  });
}

function noProperty(name: string, noun: Noun): GraphFault {
  refusePropertyNotPlayed(name);
  // One of these may be a user, a role or a service principal, with all that such a one has.
  if (noun.set === 'directoryObjects') throw notPlayed(`the property '${name}' of a directory object`);
  return faults.malformed(
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${noun.type}'.`,
  );
}

/** `owners` or `owners($select=id,displayName)`; the directory expands one collection at a time. */
function readExpand(text: string | undefined, noun: Noun): Expand | undefined {
  if (text === undefined) return undefined;
  const [, asked = '', inner] = /^\s*(\w+)\s*(?:\(\s*\$?select=([\w\s,]+)\))?\s*$/i.exec(text) ?? [];
  if (asked === '') throw notPlayed(`the expand clause '${text}'`);
  const name = propertyOf(Object.keys(noun.expands ?? {}), asked);
  if (name === undefined) refuseNotPlayed(asked);
  if (name === undefined) throw noProperty(asked, noun);
  return { name, select: inner?.split(',').map((property) => property.trim()) };
}

function readOrder(text: string | undefined, noun: Noun): Query['order'] {
  if (text === undefined) return undefined;
  const [, asked = '', direction] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? [];
  const property = propertyOf(noun.sortable ?? [], asked);
  if (property === undefined) {
    throw faults.unsupportedQuery(`Unsupported sort property '${asked || text}' for '${noun.resource}'.`);
  }
  return { property, descending: direction?.toLowerCase() === 'desc' };
}

/** Directory collections: 100 unless told, 999 at most. */
function readTop(text: string | undefined): number {
  if (text === undefined) return 100;
  const top = Number(text);
  if (Number.isInteger(top) && top >= 1 && top <= 999) return top;
  throw faults.badRequest(`Invalid page size specified: '${text}'. Must be between 1 and 999 inclusive.`);
}

export function skipToken(lastId: string): string {
  return Buffer.from(lastId).toString('base64url');
}

function readSkipToken(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'base64url').toString();
}

export function needsConsistencyLevel(option: string) {
  return faults.unsupportedQuery(
    `Request with $${option} query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'`,
  );
}
