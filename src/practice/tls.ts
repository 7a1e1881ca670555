import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { certificate, pemOf } from './certificate.ts';
import { parentOf } from './clouds.ts';

/** A certification authority for one run, and a server that it vouches for. The authority's key is forgotten at once. */
export interface Identity {
  /** Certificate of the authority: who trusts it believes that the server has the real names. */
  readonly authority: string;
  readonly key: string;
  readonly cert: string;
}

const authorityName = 'T&A practice tenant';

/** Whether the last certificate of a text is that of an authority of ours, of whatever run. */
export function isAuthority(pem: string): boolean {
  try {
    const { subject } = new X509Certificate(pem.slice(pem.lastIndexOf('-----BEGIN')));
    return subject.startsWith(`CN=${authorityName}`);
  } catch {
    return false;
  }
}

const hour = 3_600_000;

/** `.vault.azure.net` -> `*.vault.azure.net`: RFC 6125, 6.4.3. */
const anyBelow = (host: string): string => host.replace(/^\./, '*.');

export function identityOf(hosts: readonly string[], now: number): Identity {
  const [root, server] = [1, 2].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  if (!root || !server) throw new Error('No keys could be made.');
  const name = `${authorityName}, for this run only`;
  const life = { from: new Date(now - hour), until: new Date(now + 7 * 24 * hour) };
  const issuer = { name, ...root };
  return {
    authority: pemOf(certificate({ name, publicKey: root.publicKey, issuer, ...life })),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pemOf(
      certificate({
        name: 'practice',
        publicKey: server.publicKey,
        issuer,
        ...life,
        hosts: hosts.map(anyBelow),
      }),
    ),
  };
}

/**
 * Makes a server an HTTPS proxy too, which connects the names of Microsoft to itself and refuses every other name: so a client
 * keeps the real names and needs nothing but its usual settings for a proxy and a certificate. Gives what ends it.
 */
export function proxyTo(
  server: Server,
  listener: RequestListener,
  { hosts, identity }: { readonly hosts: readonly string[]; readonly identity: Identity },
): () => void {
  const tls = createServer({ key: identity.key, cert: identity.cert }, listener);
  const tunnels = new Set<Duplex>();
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    tunnels.add(socket);
    socket.on('close', () => tunnels.delete(socket)).on('error', () => socket.destroy());
    const [host = '', port] = (request.url ?? '').split(':');
    const isPlayed = [host, parentOf(host)].some((name) => hosts.includes(name.toLowerCase()));
    if (!isPlayed || port !== '443') {
      socket.end(refusal(host));
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    tls.emit('connection', socket);
  });
  return (): void => {
    for (const socket of tunnels) socket.destroy();
  };
}

function refusal(host: string): string {
  const text = `The practice tenant does not play ${host}, and leads nowhere else.\n`;
  return `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`;
}
