import * as z from 'zod/mini';
import { faults, graphRoot } from './answer.ts';

/** learn.microsoft.com/graph/json-batching. */
const mostItems = 20;

const batchBody = z.object({
  requests: z.array(
    z.object({
      id: z.string().check(z.minLength(1)),
      method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
      url: z.string().check(z.minLength(1)),
      headers: z.optional(z.record(z.string(), z.string()).check(z.refine(areHeaders))),
      body: z.optional(z.unknown()),
      dependsOn: z.optional(z.array(z.string())),
    }),
  ),
});
export type BatchItem = z.infer<typeof batchBody>['requests'][number];

/** The items of a `$batch`. Throws the gateway's 400 for the whole batch when anything about its form is wrong. */
export function readBatch(body: unknown): readonly BatchItem[] {
  const parsed = z.safeParse(batchBody, body);
  if (!parsed.success) throw faults.malformed('Invalid batch payload format.');
  refuseMalformedBatch(parsed.data.requests);
  return parsed.data.requests;
}

/** Ids are not told apart by case. */
export const idOf = ({ id }: Pick<BatchItem, 'id'>): string => id.toLowerCase();

/** Item urls are relative to the version, with or without a slash before them. */
export function itemUrl(item: BatchItem): string {
  return `${graphRoot}/${item.url.replace(/^\//, '')}`;
}

function refuseMalformedBatch(items: readonly BatchItem[]): void {
  if (items.length === 0) throw faults.malformed('The batch request must contain at least one request.');
  if (items.length > mostItems) {
    throw faults.malformed(`Number of batch requests exceeds the maximum of ${mostItems}.`);
  }
  const earlier = new Set<string>();
  for (const item of items) {
    if (earlier.has(idOf(item)))
      throw faults.malformed(`Request Id: ${item.id} has to be unique in a batch.`);
    refuseMalformedItem(item, earlier);
    earlier.add(idOf(item));
  }
}

/** An item may depend only on items before it: github.com/microsoftgraph/msgraph-sdk-dotnet-core/issues/891. */
function refuseMalformedItem(item: BatchItem, earlier: ReadonlySet<string>): void {
  if (item.dependsOn?.some((id) => !earlier.has(idOf({ id })))) {
    throw faults.malformed(`Invalid dependency for request Id: ${item.id}.`);
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(item.url) || item.url.startsWith('//')) {
    throw faults.malformed(`Request url of request Id: ${item.id} must be a relative url.`);
  }
  if (/\/(\$|%24)batch$/i.test(new URL(itemUrl(item)).pathname)) {
    throw faults.malformed(`Request Id: ${item.id} is a batch; batches cannot be nested.`);
  }
  const writes = item.method !== 'GET' && item.method !== 'DELETE';
  const headers = new Headers(item.headers);
  if (writes && (!headers.has('content-type') || item.body === undefined)) {
    throw faults.malformed(`Write request id : ${item.id} does not contain Content-Type header or body.`);
  }
}

function areHeaders(headers: Record<string, string>): boolean {
  try {
    new Headers(headers);
    return true;
  } catch {
    return false;
  }
}
