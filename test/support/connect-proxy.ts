import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ConnectProxy {
  readonly port: number;
  /** Target and headers of each CONNECT. */
  readonly asked: readonly { target: string | undefined; headers: IncomingHttpHeaders }[];
  /** From now on nobody listens on the port. */
  close(): Promise<void>;
}

/** An HTTP proxy that answers every CONNECT with `reply`, tunnels it to a port of this machine, or is silent. Closed with the test. */
export async function connectProxy(
  reply: string | { tunnelTo: number } | { silent: true },
): Promise<ConnectProxy> {
  const asked: { target: string | undefined; headers: IncomingHttpHeaders }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connection', (socket) => void sockets.add(socket));
  server.on('connect', (incoming, client) => {
    asked.push({ target: incoming.url, headers: incoming.headers });
    client.on('error', () => client.destroy());
    if (typeof reply === 'object' && 'silent' in reply) return;
    if (typeof reply === 'string') {
      client.end(reply);
      return;
    }
    const target = connect(reply.tunnelTo, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    sockets.add(target);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  };
  onTestFinished(close);
  return { port, asked, close };
}
