import type { Context } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { propertyOf } from '../graph/noun.ts';
import { queryOptions } from '../graph/query.ts';
import type { Json } from '../json.ts';
import { mailFaults } from './mail-faults.ts';
import type { MessageShape } from './message-answer.ts';
import { readExpand } from './message-expand.ts';
import { type MessageFilter, parseMessageFilter } from './message-filter.ts';
import { readMessageSelect, selectableProperties } from './select.ts';

/** The query options of a list of messages, read and checked. */
export interface MessageQuery {
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
  if (bodyAsText) c.header('Preference-Applied', 'outlook.body-content-type="text"');
  return {
    select: readMessageSelect(options.get('select')),
    expand: readExpand(options.get('expand')),
    bodyAsText,
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
    count: options.get('count') === 'true',
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
  const property = propertyOf(selectableProperties, asked);
  if (property === undefined) throw mailFaults.noSuchProperty(text, 'microsoft.graph.message');
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
