import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Connections } from '../../src/core/cloud/connect-to.ts';

/** A way to Microsoft, or to a practice tenant, that can lose answers: the request arrives, its answer does not. */
export interface CuttingSocket {
  /** For the connections that core is given, in place of `connections`. */
  readonly connections: Connections;
  /** As `HTTPS_PROXY` has it. What is encrypted stays so: nothing is read, only held back. */
  readonly proxy: string;
  /** From now on the answer to whatever is sent next is lost, and the socket with it. */
  arm(): void;
  /** How many answers were lost. */
  cuts(): number;
  close(): Promise<void>;
}

/** Longer than a handshake's messages are, shorter than a request with its token. */
const requestBytes = 1000;

/** `holdMs`: so long the other side may take to act before the socket is cut. */
export async function cuttingSocket(connections: Connections, holdMs: number): Promise<CuttingSocket> {
  let armed = false;
  let cuts = 0;
  const clients = new Set<Socket>();
  const join = (client: Socket, service: Socket): void => {
    let isHeld = false;
    client.on('data', (bytes) => {
      if (armed && bytes.length > requestBytes) {
        armed = false;
        isHeld = true;
        cuts += 1;
        setTimeout(() => client.destroy(), holdMs);
      }
      service.write(bytes);
    });
    service.on('data', (bytes) => isHeld || client.write(bytes));
    for (const [one, other] of [
      [client, service],
      [service, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  };
  const tunnels = await listening(clients, (client) => {
    client.once('data', (head) => {
      const [, host = '', port = '443'] = /^CONNECT ([^:\s]+):(\d+) /.exec(head.toString('latin1')) ?? [];
      const service = connect(Number(port), host);
      service.once('connect', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
      join(client, service);
    });
  });
  const servers: Server[] = [tunnels];
  const forwarded = new Map<string, string>();
  for (const origin of new Set(connections.values())) {
    const { hostname, port } = new URL(origin);
    const server = await listening(clients, (client) => join(client, connect(Number(port), hostname)));
    servers.push(server);
    forwarded.set(origin, originOf(server));
  }
  return {
    connections: new Map([...connections].map(([host, origin]) => [host, forwarded.get(origin) ?? origin])),
    proxy: originOf(tunnels),
    cuts: () => cuts,
    arm() {
      armed = true;
    },
    async close() {
      // One that is kept open for the next request would be waited for until its client has enough of it.
      for (const client of clients) client.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

async function listening(clients: Set<Socket>, each: (client: Socket) => void): Promise<Server> {
  const server = createServer((client) => {
    client.on('error', () => client.destroy());
    clients.add(client);
    client.once('close', () => clients.delete(client));
    client.unref();
    each(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.unref();
}

const isAddress = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;

function originOf(server: Server): string {
  const address = server.address();
  return isAddress(address) ? `http://127.0.0.1:${address.port}` : '';
}
