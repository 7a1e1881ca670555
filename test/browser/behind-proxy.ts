import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, createServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import { playedHosts } from '../../src/practice/tenant.ts';
import { connectProxy } from '../support/connect-proxy.ts';
import { selfSigned } from '../support/self-signed.ts';

/**
 * The environment in which Microsoft's real addresses lead to a practice tenant on a port of this machine: through a proxy
 * that opens TLS and whose certificates are trusted, as in a company. Good for the test that asked.
 */
export async function behindProxy(practicePort: number): Promise<NodeJS.ProcessEnv> {
  const folder = mkdtempSync(join(tmpdir(), 'ta-proxy-'));
  const identities = new Map(
    playedHosts.filter((host) => !host.startsWith('.')).map((host) => [host, selfSigned(host)]),
  );
  const server = createServer(
    {
      SNICallback: (host, done) => done(null, createSecureContext(identities.get(host) ?? {})),
    },
    (socket) => {
      const target = connect(practicePort, '127.0.0.1');
      target.on('error', () => socket.destroy());
      socket.on('error', () => target.destroy());
      target.pipe(socket).pipe(target);
    },
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const trusted = join(folder, 'trusted.pem');
  writeFileSync(trusted, [...identities.values()].map(({ cert }) => cert).join(''));
  const proxy = await connectProxy({ tunnelTo: (server.address() as AddressInfo).port });
  return { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NODE_EXTRA_CA_CERTS: trusted };
}
