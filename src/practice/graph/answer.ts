import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Json, State } from '../state.ts';

/** What Graph writes into contexts, links and `Location`, whatever socket it was reached by. */
export const graphRoot = 'https://graph.microsoft.com/v1.0';

export function odataContext(of: string): string {
  return `${graphRoot}/$metadata#${of}`;
}

/**
 * The part of a context that names the selected properties, and with parentheses of its own what is expanded:
 * learn.microsoft.com/graph/api/group-list, read Nov 2026.
 */
export function columnsOf(select: readonly string[] = [], expanded: readonly string[] = []): string {
  const columns = [...select, ...expanded.map((name) => `${name}()`)];
  return columns.length > 0 ? `(${columns.join(',')})` : '';
}

export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

/** Thrown anywhere below a Graph route; the app's `onError` turns it into Graph's error envelope. */
export class GraphFault extends HTTPException {
  readonly code: string;
  readonly details: readonly ErrorDetail[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    extra: { details?: readonly ErrorDetail[]; headers?: Record<string, string> } = {},
  ) {
    super(status, { message });
    this.code = code;
    this.details = extra.details ?? [];
    this.headers = extra.headers ?? {};
  }
}

/** The faults that any directory route may answer, word for word as Graph does. */
export const faults = {
  notFound: (id: string): GraphFault =>
    new GraphFault(
      404,
      'Request_ResourceNotFound',
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    ),
  forbidden: (): GraphFault =>
    new GraphFault(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
  badRequest: (message: string, details?: readonly ErrorDetail[]): GraphFault =>
    new GraphFault(400, 'Request_BadRequest', message, details ? { details } : {}),
  /** The gateway's own refusal, before the directory sees the request. */
  malformed: (message: string): GraphFault => new GraphFault(400, 'BadRequest', message),
  tooLarge: (): GraphFault =>
    new GraphFault(413, 'RequestEntityTooLarge', 'The maximum request length supported is 4MB.'),
  unsupportedQuery: (message: string): GraphFault => new GraphFault(400, 'Request_UnsupportedQuery', message),
};

/** Answers with Graph's headers: ids for support, OData version, content type. */
export function graphJson(
  c: Context,
  state: State,
  body: Json,
  status: ContentfulStatusCode = 200,
): Response {
  setGraphHeaders(c, state.ids.guid());
  return jsonAnswer(c, body, status);
}

/** 201 with the new object and where it lies. `path` starts with a slash. */
export function graphCreated(c: Context, state: State, path: string, body: Json): Response {
  c.header('Location', `${graphRoot}${path}`);
  return graphJson(c, state, body, 201);
}

export function graphEmpty(c: Context, state: State, status: 202 | 204): Response {
  setGraphHeaders(c, state.ids.guid());
  return c.body(null, status);
}

export function graphFault(c: Context, state: State, fault: GraphFault): Response {
  for (const [name, value] of Object.entries(fault.headers)) c.header(name, value);
  const requestId = state.ids.guid();
  setGraphHeaders(c, requestId);
  const innerError = {
    date: new Date(state.clock.now()).toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': c.req.header('client-request-id') ?? requestId,
  };
  const details = fault.details.length > 0 ? { details: fault.details } : {};
  const error = { code: fault.code, message: fault.message, ...details, innerError };
  return jsonAnswer(c, { error }, fault.status as ContentfulStatusCode);
}

function jsonAnswer(c: Context, body: Json, status: ContentfulStatusCode): Response {
  const isBare = /odata\.metadata=none/i.test(c.req.header('accept') ?? '');
  const metadata = isBare ? 'none' : 'minimal';
  return c.body(JSON.stringify(body, isBare ? withoutMetadata : undefined), status, {
    'Content-Type': `application/json;odata.metadata=${metadata};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`,
  });
}

/** Of OData's own members two stay: OData JSON Format 4.01, metadata=none. */
function withoutMetadata(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const isTold = (name: string): boolean =>
    !name.includes('@odata.') || ['@odata.nextLink', '@odata.count'].includes(name);
  return Object.fromEntries(Object.entries(value).filter(([name]) => isTold(name)));
}

function setGraphHeaders(c: Context, requestId: string): void {
  c.header('request-id', requestId);
  c.header('client-request-id', c.req.header('client-request-id') ?? requestId);
  c.header('OData-Version', '4.0');
  c.header('Strict-Transport-Security', 'max-age=31536000');
  c.header('x-ms-ags-diagnostic', JSON.stringify({ ServerInfo: { DataCenter: 'Practice', Ring: '1' } }));
}
