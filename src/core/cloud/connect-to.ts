import type { Agent, PipelinePolicy } from '@azure/core-rest-pipeline';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';

/**
 * Host -> origin of a server on this machine, e.g. `graph.microsoft.com` -> `http://127.0.0.1:8080`. `.vault.azure.net` stands for each
 * name right before it: a Key Vault has one of its own.
 */
export type Connections = ReadonlyMap<string, string>;

const hostName = /^(?=.{4,253}$)\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const loopbackOrigin = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost):([1-9]\d{0,4})\/?$/;

/** Flags `HOST=http://127.0.0.1:PORT`. Only loopback, so that no flag can send a secret to another machine. */
export function parseConnections(flags: readonly string[]): Connections {
  return new Map(flags.map(parseConnection));
}

function parseConnection(flag: string): [host: string, origin: string] {
  const [host = '', target = ''] = splitOnce(flag.trim());
  const found = loopbackOrigin.exec(target);
  if (!hostName.test(host) || found === null || Number(found[2]) > 65_535) {
    throw errors.badInput({
      file: '--connect-to',
      path: '',
      expected: say`HOST=http://127.0.0.1:PORT, such as graph.microsoft.com=http://127.0.0.1:8080`,
    });
  }
  return [host, `http://${found[1]}:${found[2]}`];
}

function splitOnce(flag: string): string[] {
  const at = flag.indexOf('=');
  return at < 0 ? [flag] : [flag.slice(0, at).toLowerCase(), flag.slice(at + 1).toLowerCase()];
}

export const originFor = (connections: Connections, host: string): string | undefined =>
  connections.get(host) ?? connections.get(host.slice(host.indexOf('.')));

/** Sends what is meant for a connected host to its origin. The Host header keeps the real name. */
export function connectToPolicy(connections: Connections, agent: Agent): PipelinePolicy {
  return {
    name: 'connectToPolicy',
    sendRequest(request, next) {
      const url = new URL(request.url);
      const origin = originFor(connections, url.hostname);
      if (origin !== undefined) {
        request.headers.set('Host', url.hostname);
        request.url = `${origin}${url.pathname}${url.search}`;
        request.allowInsecureConnection = true;
        // The proxy policy leaves a request alone that has an agent: nothing for loopback goes through a proxy.
        request.agent = agent;
      }
      return next(request);
    },
  };
}
