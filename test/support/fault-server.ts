import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with one request. */
export type Turn = (seen: Seen, response: ServerResponse, incoming: IncomingMessage) => void | Promise<void>;

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** Filled when the body was read to its end: the request arrived whole. */
  body: string | undefined;
}

export interface FaultServer {
  readonly origin: string;
  readonly requests: readonly Seen[];
  close(): Promise<void>;
}

/** A server on loopback that plays one turn for each request, and the last one for all that follow. */
export async function faultServer(...turns: [Turn, ...Turn[]]): Promise<FaultServer> {
  const requests: Seen[] = [];
  const server = createServer(async (incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const seen: Seen = { method, url, headers, body: undefined };
    const turn = turns[Math.min(requests.length, turns.length - 1)];
    requests.push(seen);
    await turn?.(seen, response, incoming);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with JSON after the request was read. */
export function json(status: number, body: unknown = {}, headers: Record<string, string> = {}): Turn {
  return text(status, JSON.stringify(body), {
    'Content-Type': 'application/json; charset=utf-8',
    ...headers,
  });
}

/** Answers with this very text. */
export function text(status: number, body: string | Uint8Array, headers: Record<string, string> = {}): Turn {
  return async (seen, response, incoming) => {
    await read(seen, incoming);
    response.writeHead(status, headers).end(body);
  };
}

/** A proxy's or guest network's page. */
export function html(status: number): Turn {
  return text(status, '<!doctype html><title>Sign in to the network</title>', {
    'Content-Type': 'text/html',
  });
}

/** The connection breaks before the body is read. */
export const resetBefore: Turn = (_seen, _response, incoming) => {
  incoming.socket.destroy();
};

/** The request arrives whole and may be carried out; the answer is lost. */
export const resetAfter: Turn = async (seen, _response, incoming) => {
  await read(seen, incoming);
  incoming.socket.destroy();
};

/** Half an answer, then the connection breaks. */
export const truncated: Turn = async (seen, response, incoming) => {
  await read(seen, incoming);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
  response.write('{"id":"1","valu', () => incoming.socket.destroy());
};

/** Never answers. */
export const silent: Turn = async (seen, _response, incoming) => {
  await read(seen, incoming);
};

/** One byte now and then, for ever. */
export const trickle: Turn = async (seen, response, incoming) => {
  await read(seen, incoming);
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.once('close', () => clearInterval(timer));
};

async function read(seen: Seen, incoming: IncomingMessage): Promise<void> {
  let body = '';
  for await (const chunk of incoming.setEncoding('utf8')) body += chunk;
  seen.body = body;
}
