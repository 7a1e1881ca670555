import { Hono } from 'hono';
import type { State } from '../state.ts';
import { readClient } from './clients.ts';
import { startDeviceCode } from './device-codes.ts';
import { readForm } from './form.ts';
import { readScopes, splitScopes } from './scopes.ts';
import { readTenantName } from './tenant-name.ts';

const verificationUri = 'https://microsoft.com/devicelogin';

export function deviceCodeRoute(state: State): Hono {
  return new Hono().post('/:tenant/oauth2/v2.0/devicecode', async (c) => {
    const tenant = readTenantName(state, c.req.param('tenant'));
    const form = await readForm(c);
    const client = readClient(state, form.client_id, tenant);
    const scopes = splitScopes(form.scope);
    readScopes(state, scopes);
    const { userCode, deviceCode, expiresAt, intervalMs } = startDeviceCode(state, client, scopes);
    c.header('Cache-Control', 'no-store, no-cache');
    return c.json({
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: verificationUri,
      expires_in: Math.round((expiresAt - state.clock.now()) / 1000),
      interval: intervalMs / 1000,
      message: `To sign in, use a web browser to open the page ${verificationUri} and enter the code ${userCode} to authenticate.`,
    });
  });
}
