import { request } from 'node:http';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

/** MSAL refuses authorities without https: this sends what it means for `https://HOST/...` to a port of this machine. */
export function loopbackNetworkClient(port: number): INetworkModule {
  return {
    sendGetRequestAsync: (url, options) => send(port, 'GET', url, options),
    sendPostRequestAsync: (url, options) => send(port, 'POST', url, options),
  };
}

function send<T>(
  port: number,
  method: string,
  url: string,
  options: NetworkRequestOptions = {},
): Promise<NetworkResponse<T>> {
  const { host, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path: pathname + search, headers: { ...options.headers, host } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const headers = Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
          );
          const body: T = JSON.parse(Buffer.concat(chunks).toString('utf8'));
          resolve({ headers, body, status: answer.statusCode ?? 0 });
        });
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}
