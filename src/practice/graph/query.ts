import type { Context } from 'hono';
import type { Json } from '../json.ts';
import { faults } from './answer.ts';
import { type Predicate, parseFilter } from './filter.ts';
import type { Noun } from './noun.ts';

export interface Query {
  readonly select: readonly string[] | undefined;
  readonly matches: Predicate;
  readonly top: number;
  /** Id of the last object of the page before. */
  readonly after: string | undefined;
  readonly count: boolean;
}

const known = ['select', 'filter', 'search', 'count', 'top', 'skiptoken'];

/** Query options of a list. `$` may be left out, as on v1.0. Throws Graph's 400 for what it would not answer. */
export function readQuery(c: Context, noun: Noun): Query {
  const options = queryOptions(c, known);
  const eventual = isEventual(c);
  for (const name of ['search', 'count']) {
    if (options.has(name) && !eventual && options.get(name) !== 'false') throw needsConsistencyLevel(name);
  }
  const count = options.get('count') === 'true';
  const filter = options.get('filter');
  const filtered = filter === undefined ? () => true : parseFilter(filter, noun, eventual && count);
  const search = options.get('search');
  const searched = search === undefined ? () => true : parseSearch(search, noun);
  return {
    select: readSelect(options.get('select'), noun),
    matches: (item) => filtered(item) && searched(item),
    top: readTop(options.get('top')),
    after: readSkipToken(options.get('skiptoken')),
    count,
  };
}

/** The one option of a single object. */
export function readSelectOption(c: Context, noun: Noun): readonly string[] | undefined {
  return readSelect(queryOptions(c, ['select']).get('select'), noun);
}

export function isEventual(c: Context): boolean {
  return c.req.header('consistencylevel')?.toLowerCase() === 'eventual';
}

function queryOptions(c: Context, allowed: readonly string[]): Map<string, string> {
  const options = new Map<string, string>();
  for (const [name, value] of new URL(c.req.url).searchParams) {
    const option = name.replace(/^\$/, '').toLowerCase();
    if (allowed.includes(option)) options.set(option, value);
    else if (name.startsWith('$'))
      throw faults.malformed(`The query option '${name}' is not supported here.`);
  }
  return options;
}

function readSelect(text: string | undefined, noun: Noun): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !noun.properties.includes(name));
  if (unknown === undefined) return names;
  throw faults.malformed(
    `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type '${noun.type}'.`,
  );
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

/** `$search="displayName:time"`: every word of the value begins a word of the property. */
function parseSearch(text: string, noun: Noun): Predicate {
  const [, name, value] = /^"([A-Za-z]+):(.+)"$/s.exec(text.trim()) ?? [];
  if (name === undefined || value === undefined) {
    throw faults.badRequest(
      'Search clause must be of form "property:value" and enclosed in double quotes, e.g. $search="displayName:time".',
    );
  }
  if (!noun.searchable.includes(name)) {
    throw faults.unsupportedQuery(
      `Property '${name}' of resource '${noun.resource}' does not support the search operation.`,
    );
  }
  const wanted = words(value);
  return (item: Json) => {
    const held = words(String(item[name] ?? ''));
    return wanted.every((word) => held.some((candidate) => candidate.startsWith(word)));
  };
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

export function needsConsistencyLevel(option: string) {
  return faults.unsupportedQuery(
    `Request with $${option} query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'`,
  );
}
