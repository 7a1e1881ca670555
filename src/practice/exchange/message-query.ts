import type { Context } from 'hono';
import type { CallerEnv } from '../caller.ts';
import type { GraphFault } from '../graph/answer.ts';
import { notPlayed } from '../graph/not-played.ts';
import { propertyOf } from '../graph/noun.ts';
import { queryOptions, readCount } from '../graph/query.ts';
import type { Json } from '../state.ts';
import { extendedId, extendedOf } from './extended-properties.ts';
import { mailFaults } from './mail-faults.ts';
import { idAsked } from './mail-ids.ts';
import type { MessageShape } from './message-answer.ts';
import { readExpand } from './message-expand.ts';
import { readMessageSelect, selectableProperties } from './select.ts';

/** The query options of a list of messages, read and checked. */
interface MessageQuery {
  readonly filter: MessageFilter | undefined;
  readonly shape: MessageShape;
  readonly order: { readonly property: string; readonly descending: boolean } | undefined;
  readonly top: number;
  readonly skip: number;
  readonly count: boolean;
}

/** The options of a request, each one of `played`. */
export function optionsOf(c: Context<CallerEnv>, played: readonly string[]): Map<string, string> {
  return queryOptions(c, played, mailFaults.badQuery);
}

/** What is to be shown of one message. */
export function readShape(c: Context<CallerEnv>, options = optionsOf(c, ['select', 'expand'])): MessageShape {
  const [, type] = /\boutlook\.body-content-type\s*=\s*"?(\w+)/i.exec(c.req.header('prefer') ?? '') ?? [];
  const bodyAsText = type?.toLowerCase() === 'text';
  if (bodyAsText) c.header('Preference-Applied', 'outlook.body-content-type="text"', { append: true });
  return {
    select: readMessageSelect(options.get('select')),
    expand: readExpand(options.get('expand')),
    bodyAsText,
    idOf: (mail) => idAsked(c, mail),
  };
}

export function readMessageQuery(c: Context<CallerEnv>): MessageQuery {
  const options = optionsOf(c, ['filter', 'select', 'expand', 'orderby', 'top', 'skip', 'count']);
  const filterText = options.get('filter');
  const filter = filterText === undefined ? undefined : parseMessageFilter(filterText);
  const order = readOrder(options.get('orderby'));
  // What is sorted by has to be the first thing filtered by: learn.microsoft.com/graph/api/user-list-messages.
  if (filter && order && filter.properties[0] !== order.property) throw mailFaults.inefficientFilter();
  const [, pageSize] = /\bodata\.maxpagesize\s*=\s*"?(\d+)/i.exec(c.req.header('prefer') ?? '') ?? [];
  return {
    filter,
    order,
    shape: readShape(c, options),
    top: readNumber(options, 'top', {
      least: 1,
      most: 1000,
      usual: Math.min(Number(pageSize ?? 10), 1000) || 10,
    }),
    skip: readNumber(options, 'skip', { least: 0, most: Number.MAX_SAFE_INTEGER, usual: 0 }),
    count: readCount(options.get('count'), mailFaults.badQuery),
  };
}

/** Filters and sorts; cutting the page is left to the caller, who needs to know what is left. */
export function applyQuery(messages: readonly Json[], { filter, order }: MessageQuery): Json[] {
  const found = messages.filter((message) => filter?.matches(message) ?? true);
  if (!order) return found;
  const sign = order.descending ? -1 : 1;
  return found.sort(
    (one, other) => sign * String(one[order.property]).localeCompare(String(other[order.property])),
  );
}

function readOrder(text: string | undefined): MessageQuery['order'] {
  if (text === undefined) return undefined;
  const [, asked = text, direction] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? [];
  // Several properties, a part of one, and what is not put into a row as text here: Exchange sorts by them.
  if (/[,/]/.test(asked)) throw notPlayed(`the order '${text}' of messages`);
  const property = propertyOf(selectableProperties, asked);
  if (property === undefined) throw mailFaults.noSuchProperty(text, 'microsoft.graph.message');
  if (!Object.hasOwn(kinds, property)) throw notPlayed(`the order '${text}' of messages`);
  return { property, descending: direction?.toLowerCase() === 'desc' };
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

export function readNumber(options: ReadonlyMap<string, string>, name: string, bounds: Bounds): number {
  const text = options.get(name);
  if (text === undefined) return bounds.usual;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= bounds.least && value <= bounds.most) return value;
  throw mailFaults.badQuery(`Invalid value '${text}' for $${name} query option found.`);
}

interface MessageFilter {
  /** Properties the filter looks at, in its order. */
  readonly properties: readonly string[];
  matches(message: Json): boolean;
}

interface Clause {
  readonly property: string;
  /** The id of the extended property that is meant, where `property` is their collection. */
  readonly extended?: string;
  readonly test: string;
  readonly wanted: string;
}

const kinds: Record<string, 'text' | 'time' | 'flag'> = {
  internetMessageId: 'text',
  subject: 'text',
  conversationId: 'text',
  importance: 'text',
  'from/emailAddress/address': 'text',
  'sender/emailAddress/address': 'text',
  receivedDateTime: 'time',
  sentDateTime: 'time',
  createdDateTime: 'time',
  hasAttachments: 'flag',
  isRead: 'flag',
  isDraft: 'flag',
};

const quoted = `'(?:[^']|'')*'`;
const test = String.raw`(?:(startswith|contains)\(\s*([\w/]+)\s*,\s*(${quoted})\s*\)|([\w/]+)\s+(eq|ne|ge|gt|le|lt)\s+(${quoted}|[^\s()']+))`;
const further = String.raw`(?:\s+and\s+|$)`;
const clausePattern = new RegExp(test + further, 'y');
/** `singleValueExtendedProperties/any(ep: ep/id eq 'String 0x001A' and ep/value eq 'IPM.Note')` */
const extendedPattern = new RegExp(
  String.raw`singleValueExtendedProperties/any\(\s*(\w+)\s*:\s*\1/id\s+eq\s+(${quoted})\s+and\s+(?:(startswith|contains)\(\s*\1/value\s*,\s*(${quoted})\s*\)|\1/value\s+(eq|ne)\s+(${quoted}))\s*\)${further}`,
  'iy',
);

/** What Exchange understands of `$filter` here: comparisons, startswith and contains, joined by `and`. */
export function parseMessageFilter(text: string): MessageFilter {
  const clauses = parseClauses(text.trim());
  return {
    properties: clauses.map((clause) => clause.property),
    matches: (message) => clauses.every((clause) => holds(clause, message)),
  };
}

function parseClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  for (let at = 0; at < text.length; ) {
    const { clause, end } = readExtended(text, at) ?? readClause(text, at);
    clauses.push(clause);
    at = end;
  }
  if (clauses.length === 0) throw mailFaults.badFilter();
  return clauses;
}

function readClause(text: string, at: number): { clause: Clause; end: number } {
  const pattern = Object.assign(new RegExp(clausePattern), { lastIndex: at });
  const found = pattern.exec(text);
  const property = propertyOf(Object.keys(kinds), found?.[2] ?? found?.[4] ?? '');
  if (!found || property === undefined) throw refusedClause(text.slice(at));
  const wanted = comparisonValue(property, found[3] ?? found[6] ?? '');
  return { clause: { property, test: found[1] ?? found[5] ?? '', wanted }, end: pattern.lastIndex };
}

/** What Exchange may well take is not said to be wrong: other operators, functions and properties of messages. */
function refusedClause(clause: string): GraphFault {
  const bare = clause.replaceAll(new RegExp(quoted, 'g'), "''");
  const [, name = ''] = /^(?:\w+\(\s*)?(\w+)/.exec(bare) ?? [];
  const isOther = /^\(|\b(not|or|in|endswith|tolower|toupper|length|indexof)\b/i.test(bare);
  const isProperty = propertyOf(selectableProperties, name) !== undefined && !Object.hasOwn(kinds, name);
  const isOfGraph = !/\/any\(/i.test(bare) && (isOther || isProperty);
  return isOfGraph ? notPlayed(`the filter '${clause}' of messages`) : mailFaults.badFilter();
}

function readExtended(text: string, at: number): { clause: Clause; end: number } | undefined {
  const pattern = Object.assign(new RegExp(extendedPattern), { lastIndex: at });
  const found = pattern.exec(text);
  if (!found) return undefined;
  const [, , id = '', call, argument, operator, literal] = found;
  const clause: Clause = {
    property: 'singleValueExtendedProperties',
    extended: extendedId(unquoted(id)),
    test: (call ?? operator ?? '').toLowerCase(),
    wanted: unquoted(argument ?? literal ?? '').toLowerCase(),
  };
  return { clause, end: pattern.lastIndex };
}

const unquoted = (literal: string): string => literal.slice(1, -1).replaceAll("''", "'");

/** The literal in the form the property has; text is compared without case, as Exchange does. */
function comparisonValue(property: string, literal: string): string {
  const kind = kinds[property];
  const isText = literal.startsWith("'");
  if (kind === 'text' && isText) return unquoted(literal).toLowerCase();
  if (kind === 'flag' && /^(true|false)$/.test(literal)) return literal;
  if (kind === 'time' && !isText && !Number.isNaN(Date.parse(literal))) {
    return new Date(literal).toISOString();
  }
  throw mailFaults.badFilter();
}

function holds({ property, extended, test, wanted }: Clause, message: Json): boolean {
  const actual = extended === undefined ? comparable(property, message) : extendedValue(message, extended);
  if (actual === undefined) return false;
  switch (test) {
    case 'startswith':
      return actual.startsWith(wanted);
    case 'contains':
      return actual.includes(wanted);
    case 'eq':
      return actual === wanted;
    case 'ne':
      return actual !== wanted;
    case 'ge':
      return actual >= wanted;
    case 'gt':
      return actual > wanted;
    case 'le':
      return actual <= wanted;
    default:
      return actual < wanted;
  }
}

function extendedValue(message: Json, extended: string): string | undefined {
  return extendedOf({ graph: message })
    .find(({ id }) => id === extended)
    ?.value.toLowerCase();
}

function comparable(property: string, message: Json): string {
  const value = property
    .split('/')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
      message,
    );
  const text = String(value).toLowerCase();
  return kinds[property] === 'time' ? new Date(text).toISOString() : text;
}
