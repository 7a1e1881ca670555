import type { FaultAnswer } from './faults.ts';
import type { State } from './state.ts';

/** The socket a request came by; without one the caller called `fetch` in process. */
export interface Connection {
  readonly incoming?: { readonly socket: { destroy(): unknown; destroySoon(): unknown } };
}

/** Answers in place of the tenant, or lets `apply` answer and spoils that. */
export async function answerFault(
  fault: FaultAnswer,
  apply: () => Promise<Response>,
  connection: Connection | undefined,
  { faults, clock }: Pick<State, 'faults' | 'clock'>,
): Promise<Response> {
  switch (fault.kind) {
    case 'status':
      return statusAnswer(fault);
    case 'reset-before':
      return reset(connection);
    case 'reset-after':
      await apply();
      return reset(connection);
    case 'reset-late':
      faults.postpone(apply, fault.after, clock.now());
      return reset(connection);
    case 'html':
      return new Response(proxyPage, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
    case 'truncate':
      return truncated(await apply(), connection);
    default:
      return fault satisfies never;
  }
}

function statusAnswer(fault: Extract<FaultAnswer, { kind: 'status' }>): Response {
  const { status, headers, body } = fault;
  if (typeof body === 'string' || body === undefined)
    return new Response(body ?? null, { status, headers: { ...headers } });
  return Response.json(body, { status, headers: { ...headers } });
}

/** What `fetch` throws when the connection breaks. */
function reset(connection: Connection | undefined): Response {
  if (!connection?.incoming) {
    throw new TypeError('fetch failed', {
      cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    });
  }
  connection.incoming.socket.destroy();
  return new Response(null);
}

async function truncated(whole: Response, connection: Connection | undefined): Promise<Response> {
  const bytes = new Uint8Array(await whole.arrayBuffer());
  const headers = new Headers(whole.headers);
  headers.set('Content-Length', String(bytes.length));
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  return new Response(brokenStream(half, connection), { status: whole.status, headers });
}

function brokenStream(first: Uint8Array, connection: Connection | undefined): ReadableStream<Uint8Array> {
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (!isSent) controller.enqueue(first);
      else if (connection?.incoming) {
        connection.incoming.socket.destroySoon();
        controller.close();
      } else controller.error(new TypeError('terminated'));
      isSent = true;
    },
  });
}

const proxyPage = `<!doctype html>
<html><head><title>Network sign-in</title></head>
<body><h1>Sign in to the company network</h1><form method="post"><input name="user"><input name="password" type="password"></form></body></html>
`;
