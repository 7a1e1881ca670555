import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { errors } from '../words/errors.ts';
import { connectTimeout, kept } from './agents.ts';

const variables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'];

/** The way through the proxy that the environment names, for every host but those in NO_PROXY. */
export function environmentProxyPolicies(connectMs: number): PipelinePolicy[] {
  const bypassed = noProxyPatterns();
  const variable = variables.find((name) => process.env[name]);
  if (variable === undefined || bypassed.includes('*')) return [];
  const agent = new Tunnel(requireProxy(variable), connectMs);
  return [
    {
      name: 'proxyPolicy',
      sendRequest(request, next) {
        const { hostname } = new URL(request.url);
        const direct = bypassed.some((pattern) => hostname === pattern || hostname.endsWith(`.${pattern}`));
        // What has an agent already goes to this machine.
        if (!direct) request.agent ??= agent;
        return next(request);
      },
    },
  ];
}

/** `host:port` is taken for http, as curl takes it; it is the usual spelling on Windows. */
function readProxy(text: string): URL | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** Passwords of all proxies in the environment, so that no message repeats one. */
export function proxySecrets(): string[] {
  return variables.flatMap((name) => {
    const { username = '', password = '' } = readProxy((process.env[name] ?? '').trim()) ?? {};
    const [user, word] = [unescaped(username), unescaped(password)];
    return word === '' ? [] : [password, word, `${user}:${word}`];
  });
}

/** Throws a Failure that shows the kind of proxy, and never the address: a password may stand in it. */
function requireProxy(variable: string): URL {
  const text = (process.env[variable] ?? '').trim();
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? [];
  if (scheme !== undefined && !/^https?$/i.test(scheme)) throw errors.badProxy(variable, scheme.slice(0, 20));
  const url = readProxy(text);
  // A path is that of a script for automatic configuration (PAC), not of a proxy.
  if (!url?.hostname || url.pathname !== '/') throw errors.badProxy(variable);
  return url;
}

/** Spellings that curl, Node and Windows tools know: `.host`, `*.host`, `host:443`, by commas or spaces. A host stands for those below it. */
function noProxyPatterns(): string[] {
  const { NO_PROXY, no_proxy } = process.env;
  return (NO_PROXY || no_proxy || '')
    .toLowerCase()
    .split(/[\s,;]+/)
    .map((entry) => (entry === '*' ? entry : entry.replace(/^\*?\./, '').replace(/:443$/, '')))
    .filter((entry) => entry !== '');
}

const proxyCode = 'TA_PROXY_';

/** A connection through the proxy. Where the proxy itself fails or says no, the error says so and names it. */
class Tunnel extends HttpsProxyAgent<string> {
  readonly #name: string;
  readonly #connectMs: number;

  constructor(proxy: URL, connectMs: number) {
    super(proxy.href, kept);
    // The library takes them for its connection to the proxy alone; these are for the tunnels.
    Object.assign(this.options, kept);
    this.#name = `${proxy.hostname}:${proxy.port || (proxy.protocol === 'https:' ? 443 : 80)}`;
    this.#connectMs = connectMs;
  }

  /** Everything for Microsoft is. The library guesses by its caller, and guesses otherwise when a tunnel is free for the next request. */
  override isSecureEndpoint(): boolean {
    return true;
  }

  override async connect(
    request: ClientRequest,
    options: Parameters<HttpsProxyAgent<string>['connect']>[1],
  ): Promise<Socket> {
    let status = 0;
    request.once('proxyConnect', (answer: { statusCode: number }) => {
      status = answer.statusCode;
    });
    const socket = await this.#inTime(super.connect(request, options));
    if (status === 200) return socket;
    socket.destroy();
    throw this.#failed(String(status));
  }

  /** The proxy has to be there, and to answer, in the time that any host has. */
  async #inTime(connecting: Promise<Socket>): Promise<Socket> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.#failed(connectTimeout)), this.#connectMs);
    });
    try {
      return await Promise.race([connecting, late]);
    } catch (cause) {
      if (proxyTrouble(cause)) throw cause;
      throw this.#failed(cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer');
    } finally {
      clearTimeout(timer);
      // One that comes too late is of no use.
      connecting.catch(() => undefined);
    }
  }

  #failed(reason: string): Error {
    return Object.assign(new Error(this.#name), { code: `${proxyCode}${reason}` });
  }
}

/** What an error says of the proxy; the pipeline keeps nothing of an error but its code and message. */
export function proxyTrouble(
  error: unknown,
): { readonly proxy: string; readonly reason: string } | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const [, reason] = new RegExp(`^${proxyCode}(.*)$`).exec(String(error.code)) ?? [];
  return reason === undefined ? undefined : { proxy: error.message, reason };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
