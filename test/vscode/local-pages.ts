import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalPages {
  /** For the environment of the server: where it sends a browser that opens a page of this machine. */
  readonly env: { readonly VSCODE_PROXY_URI: string };
  close(): void;
}

/**
 * code-server opens `http://127.0.0.1:PORT/` as `/proxy/PORT/` of its own front, which is missing here (coder/code-server,
 * docs/guide.md, "Accessing web services"). This sends the browser on to the page itself; the port can stand in the path
 * only, since VS Code reads the pattern as an address too.
 */
export async function startLocalPages(): Promise<LocalPages> {
  const server = createServer(({ url = '' }, response) => {
    const [, port, rest = ''] = /^\/(\d+)(\/.*)?$/.exec(url) ?? [];
    if (port === undefined) response.writeHead(404).end();
    else response.writeHead(307, { location: `http://127.0.0.1:${port}${rest}` }).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    env: { VSCODE_PROXY_URI: `http://127.0.0.1:${port}/{{port}}/` },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
