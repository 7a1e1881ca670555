import type { Context } from 'hono';
import type { Json, State } from '../state.ts';
import { columnsOf, GraphFault, graphEmpty, graphJson, graphRoot, odataContext } from './answer.ts';
import { notPlayed } from './not-played.ts';
import { type Noun, propertyOf } from './noun.ts';
import {
  type Expand,
  isEventual,
  needsConsistencyLevel,
  type Query,
  readObjectQuery,
  readQuery,
  skipToken,
} from './query.ts';

/** Answers a list with the query options of the request; `items` are whole objects, each with an `id`. */
export function answerList(c: Context, state: State, noun: Noun, items: readonly Json[]): Response {
  const query = readQuery(c, noun);
  const found = ordered(items.filter(query.matches), query);
  const rest = found.slice(startOf(found, query));
  const page = rest.slice(0, query.top);
  return graphJson(c, state, {
    '@odata.context': odataContext(`${noun.set}${columnsOf(query.select, namesOf(query.expand))}`),
    ...(query.count ? { '@odata.count': found.length } : {}),
    ...(rest.length > page.length ? { '@odata.nextLink': nextLink(c, page) } : {}),
    value: page.map((item) => ({
      ...pick(item, query.select ?? noun.defaults),
      ...expanded(item, noun, query.expand),
    })),
  });
}

/** Answers `/$count`: the number alone, as text. An advanced query. */
export function answerCount(c: Context, noun: Noun, items: readonly Json[]): Response {
  if (!isEventual(c)) throw needsConsistencyLevel('count');
  return c.text(String(items.filter(readQuery(c, noun).matches).length));
}

/** Answers one object, trimmed by `$select`. */
export function answerOne(c: Context, state: State, noun: Noun, item: Json): Response {
  const { select, expand } = readObjectQuery(c, noun);
  return graphJson(c, state, {
    '@odata.context': odataContext(`${noun.set}${columnsOf(select, namesOf(expand))}/$entity`),
    ...pick(item, select ?? noun.defaults),
    ...expanded(item, noun, expand),
  });
}

/** One property of an object, as `.../{id}/displayName`; a null one has no content. */
export function answerProperty(c: Context, state: State, noun: Noun, item: Json, name: string): Response {
  const value = item[name] ?? null;
  if (value === null) return graphEmpty(c, state, 204);
  const context = { '@odata.context': odataContext(`${noun.set}('${String(item.id)}')/${name}`) };
  const isComplex = typeof value === 'object' && !Array.isArray(value);
  return graphJson(c, state, isComplex ? { ...context, ...value } : { ...context, value });
}

function ordered(items: readonly Json[], { order }: Query): readonly Json[] {
  if (!order) return items;
  const sign = order.descending ? -1 : 1;
  const textOf = (item: Json) => String(item[order.property] ?? '');
  return items.toSorted((one, other) => sign * textOf(one).localeCompare(textOf(other)));
}

/** Twenty objects at most: learn.microsoft.com/graph/known-issues, "$expand". */
function expanded(item: Json, { expands }: Noun, expand: Expand | undefined): Json {
  if (!expand) return {};
  const related = expands?.[expand.name]?.(String(item.id)) ?? [];
  return { [expand.name]: related.slice(0, 20).map((one) => pick(one, namesIn(related, expand))) };
}

const namesOf = (expand: Expand | undefined): readonly string[] => (expand ? [expand.name] : []);

/** The names as the related objects spell them. One that none of them has may be one that is not played. */
function namesIn(related: readonly Json[], { name, select }: Expand): readonly string[] | undefined {
  const known = related.flatMap((one) => Object.keys(one));
  return select?.map((asked) => {
    const found = propertyOf(known, asked);
    if (found === undefined) throw notPlayed(`'${asked}' in the expand clause '${name}'`);
    return found;
  });
}

/** Of objects of several types each tells its own, whatever is selected: learn.microsoft.com/graph/permissions-overview, read Nov 2026. */
function pick(item: Json, names: readonly string[] | undefined): Json {
  if (names === undefined) return item;
  const type = item['@odata.type'];
  return {
    ...(type === undefined ? {} : { '@odata.type': type }),
    ...Object.fromEntries(names.map((name) => [name, item[name] ?? null])),
  };
}

function startOf(found: readonly Json[], query: Query): number {
  if (query.after === undefined) return 0;
  const last = found.findIndex((item) => item.id === query.after);
  if (last >= 0) return last + 1;
  throw new GraphFault(
    400,
    'Directory_ExpiredPageToken',
    'The specified page token value has expired and can no longer be included in your request.',
  );
}

function nextLink(c: Context, page: readonly Json[]): string {
  const asked = new URL(c.req.url);
  const link = new URL(`${graphRoot}${asked.pathname.replace(/^\/v1\.0/i, '')}`);
  link.search = asked.search;
  link.searchParams.delete('skiptoken');
  link.searchParams.set('$skiptoken', skipToken(String(page.at(-1)?.id)));
  return link.href;
}
