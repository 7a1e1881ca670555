import type { Server } from 'node:http';
import { serve as serveNode } from '@hono/node-server';
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

/** Puts the tenant on one port of this machine, which no other machine can reach. */
export async function serve(
  tenant: PracticeTenant,
  options: { readonly port?: number } = {},
): Promise<ServedTenant> {
  const listening = Promise.withResolvers<number>();
  const server = serveNode(
    {
      fetch: (request, env) => tenant.fetch(request, env),
      hostname: '127.0.0.1',
      port: options.port ?? 0,
    },
    (info) => listening.resolve(info.port),
  );
  server.once('error', listening.reject);
  const port = await listening.promise;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    hosts: playedHosts,
    close: () => close(server as Server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
