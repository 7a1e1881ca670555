import { expect, test } from 'vitest';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { cliTools, loginClient } from '../../support/login-client.ts';
import { signing } from '../../support/signing.ts';

test('of a session that is revoked the token is refused with a challenge, the refresh token too, a new sign-in works', async () => {
  const clock = fakeClock();
  const tenant = createPracticeTenant({
    signing,
    clock,
    scenarios: ['session-revoked'],
    approveAs: 'grace@contoso.com',
  });
  const client = loginClient(tenant);
  const scope = 'openid offline_access https://graph.microsoft.com/User.Read';
  const signIn = async () => {
    const { device_code } = await client.deviceCode(scope);
    clock.advance(5_000);
    return (await client.poll(device_code)).body;
  };
  const me = (token: unknown) =>
    tenant.fetch(
      new Request('https://graph.microsoft.com/v1.0/me', { headers: { authorization: `Bearer ${token}` } }),
    );
  const first = await signIn();
  const refused = await me(first.access_token);
  expect(refused.status).toBe(401);
  const challenge = refused.headers.get('www-authenticate') ?? '';
  expect(challenge).toContain('error="insufficient_claims"');
  const claims = Buffer.from(/claims="([^"]+)"/.exec(challenge)?.[1] ?? '', 'base64').toString();
  expect(JSON.parse(claims)).toMatchObject({ access_token: { nbf: { essential: true } } });
  const form = { client_id: cliTools, grant_type: 'refresh_token' };
  const refreshed = await client.token({ ...form, refresh_token: String(first.refresh_token) });
  expect(refreshed.body.error_codes).toEqual([50173]);
  expect((await me((await signIn()).access_token)).status).toBe(200);
});
