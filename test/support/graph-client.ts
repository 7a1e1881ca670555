import {
  AuthenticationHandler,
  Client,
  type Context,
  type Middleware,
  TelemetryHandler,
} from '@microsoft/microsoft-graph-client';
import { onTestFinished } from 'vitest';
import { serve } from '../../src/practice/serve.ts';
import type { PracticeTenant } from '../../src/practice/tenant.ts';
import { loopbackFetch } from './loopback-fetch.ts';

/**
 * Microsoft's own JavaScript client, unmodified, over a real socket to the practice tenant. Only its last link, which
 * would call `fetch`, is ours: it connects to the loopback port and keeps the host's name.
 */
export async function graphClient(tenant: PracticeTenant, accessToken: string): Promise<Client> {
  const served = await serve(tenant);
  onTestFinished(() => served.close());
  const authentication = new AuthenticationHandler({ getAccessToken: async () => accessToken });
  const telemetry = new TelemetryHandler();
  authentication.setNext(telemetry);
  telemetry.setNext(loopbackHandler(served.port));
  return Client.initWithMiddleware({ middleware: authentication });
}

function loopbackHandler(port: number): Middleware {
  const fetch = loopbackFetch(port);
  return {
    async execute(context: Context): Promise<void> {
      const asked = new Request(context.request, context.options);
      const body = new Uint8Array(await asked.arrayBuffer());
      const headers = Object.fromEntries(asked.headers);
      if (body.length > 0) headers['content-length'] = String(body.length);
      context.response = await fetch(asked.url, { method: asked.method, headers, body });
    },
  };
}
