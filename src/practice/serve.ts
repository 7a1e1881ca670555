import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { type PracticeTenant, playedHosts } from './tenant.ts';

export interface ServedTenant {
  readonly port: number;
  /** Where its page is: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** Host names to be connected to it. */
  readonly hosts: readonly string[];
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** Puts the tenant on one port of this machine, which no other machine can reach. Throws when the port is taken. */
export async function serve(
  tenant: PracticeTenant,
  options: { readonly port?: number } = {},
): Promise<ServedTenant> {
  const server = createServer(getRequestListener((request, env) => tenant.fetch(request, env)));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server.address());
  return { port, origin: `http://127.0.0.1:${port}`, hosts: playedHosts, close: () => close(server) };
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
