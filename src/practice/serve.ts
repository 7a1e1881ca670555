import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { hostsOfAll } from './clouds.ts';
import { namesOfMicrosoft, type PracticeTenant } from './tenant.ts';
import { type Identity, proxyTo } from './tls.ts';

export interface ServedTenant {
  readonly port: number;
  /** Where its page is: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /**
   * Each host that it plays, connected to it: `graph.microsoft.com` -> `http://127.0.0.1:PORT`. Those of other clouds too: what is
   * meant for them must not leave this machine.
   */
  readonly connections: ReadonlyMap<string, string>;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/**
 * Puts the tenant on one port of this machine, which no other machine can reach; with an `identity` it is there over TLS too,
 * under the real names, for whoever takes the port as a proxy. Throws when the port is taken.
 */
export async function serve(
  tenant: Pick<PracticeTenant, 'fetch'>,
  options: { readonly port?: number; readonly identity?: Identity } = {},
): Promise<ServedTenant> {
  const listener = getRequestListener((request, env) => tenant.fetch(request, env));
  const server = createServer(listener);
  const { identity } = options;
  const endTunnels = identity && proxyTo(server, listener, { hosts: namesOfMicrosoft, identity });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server.address());
  const origin = `http://127.0.0.1:${port}`;
  return {
    port,
    origin,
    connections: new Map(hostsOfAll.map((host) => [host, origin])),
    close() {
      endTunnels?.();
      return close(server);
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
