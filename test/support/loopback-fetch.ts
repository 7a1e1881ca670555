import { request } from 'node:http';

export interface LoopbackRequest {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array | string;
}

/** Sends what is meant for `https://HOST/...` to a port of this machine, with HOST as its Host header. */
export function loopbackFetch(port: number) {
  return (address: string, asked: LoopbackRequest = {}): Promise<Response> => {
    const { host, pathname, search } = new URL(address);
    const { method = 'GET', headers = {}, body } = asked;
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, method, path: pathname + search, headers: { ...headers, host } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const status = answer.statusCode ?? 0;
            const headersBack = Object.entries(answer.headers).map(([name, value]): [string, string] => [
              name,
              String(value),
            ]);
            const bytes = chunks.length > 0 ? Buffer.concat(chunks) : null;
            resolve(new Response(bytes, { status, headers: headersBack }));
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  };
}
