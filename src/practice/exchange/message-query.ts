import type { Context } from 'hono';
import type { CallerEnv } from '../caller.ts';
import type { Json } from '../json.ts';
import { mailFaults } from './mail-faults.ts';
import { type MessageFilter, parseFilter } from './message-filter.ts';

/** The query options of a list of messages, read and checked. */
export interface MessageQuery {
  readonly filter: MessageFilter | undefined;
  readonly select: readonly string[];
  readonly order: { readonly property: string; readonly descending: boolean } | undefined;
  readonly top: number;
  readonly skip: number;
  readonly count: boolean;
}

const messageProperties = new Set(
  `id createdDateTime lastModifiedDateTime changeKey categories receivedDateTime sentDateTime hasAttachments
  internetMessageId subject bodyPreview importance parentFolderId conversationId conversationIndex
  isDeliveryReceiptRequested isReadReceiptRequested isRead isDraft webLink inferenceClassification body sender from
  toRecipients ccRecipients bccRecipients replyTo flag internetMessageHeaders`.split(/\s+/),
);

/** `contentId` and `contentBytes` belong to file attachments: microsoft-graph-explorer-v4/issues/3916. */
const attachmentProperties = new Set([
  'id',
  'lastModifiedDateTime',
  'name',
  'contentType',
  'size',
  'isInline',
]);

export function optionsOf(c: Context<CallerEnv>): URLSearchParams {
  return new URL(c.req.url).searchParams;
}

export function readMessageSelect(options: URLSearchParams): string[] {
  return readSelect(options, messageProperties, 'microsoft.graph.message');
}

export function readAttachmentSelect(options: URLSearchParams): string[] {
  return readSelect(options, attachmentProperties, 'microsoft.graph.attachment');
}

export function readMessageQuery(options: URLSearchParams): MessageQuery {
  refuseOthers(options);
  const filterText = options.get('$filter');
  const filter = filterText === null ? undefined : parseFilter(filterText);
  const order = readOrder(options.get('$orderby'));
  // What is sorted by has to be the first thing filtered by: learn.microsoft.com/graph/api/user-list-messages.
  if (filter && order && filter.properties[0] !== order.property) throw mailFaults.inefficientFilter();
  return {
    filter,
    order,
    select: readMessageSelect(options),
    top: readNumber(options, '$top', 1, 1000, 10),
    skip: readNumber(options, '$skip', 0, Number.MAX_SAFE_INTEGER, 0),
    count: options.get('$count') === 'true',
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

function readSelect(options: URLSearchParams, known: ReadonlySet<string>, type: string): string[] {
  const names = (options.get('$select') ?? '').split(',').map((name) => name.trim());
  const select = names.filter((name) => name !== '');
  const unknown = select.find((name) => !known.has(name));
  if (unknown !== undefined) throw mailFaults.noSuchProperty(unknown, type);
  return select;
}

function readOrder(text: string | null): MessageQuery['order'] {
  if (text === null) return undefined;
  const [, property, direction] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? [];
  if (property === undefined || !messageProperties.has(property)) {
    throw mailFaults.noSuchProperty(text, 'microsoft.graph.message');
  }
  return { property, descending: direction?.toLowerCase() === 'desc' };
}

function readNumber(
  options: URLSearchParams,
  name: string,
  least: number,
  most: number,
  usual: number,
): number {
  const text = options.get(name);
  if (text === null) return usual;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw mailFaults.badQuery(`Invalid value '${text}' for ${name} query option found.`);
}

const understood = new Set(['$filter', '$select', '$orderby', '$top', '$skip', '$count']);

function refuseOthers(options: URLSearchParams): void {
  for (const name of options.keys()) {
    if (name.startsWith('$') && !understood.has(name)) {
      throw mailFaults.badQuery(`The query option '${name}' is not supported.`);
    }
  }
}
