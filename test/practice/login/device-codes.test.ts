import { expect, test } from 'vitest';
import { formOn } from '../../../src/practice/browser.ts';
import { createPracticeTenant, type PracticeTenantOptions } from '../../../src/practice/tenant.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { cliTools, type LoginAnswer, loginClient, personOnPage } from '../../support/login-client.ts';
import { signing } from '../../support/signing.ts';

function start(options: PracticeTenantOptions = {}) {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock, lagFactor: 0, ...options });
  const client = loginClient(tenant);
  /** Signs in with the code on the page. */
  const decide = async (userCode: string, userPrincipalName: string, action = 'approve') => {
    const page = await client.get(`/common/oauth2/deviceauth?user_code=${userCode}`);
    const form = formOn(page.text);
    const person = personOnPage(page.text, userPrincipalName);
    return client.post(form.action, { ...form.fields, person, action });
  };
  return { clock, state: tenant.state, client, decide };
}

const verdict = ({ status, body }: LoginAnswer) => [status, body.error, body.error_codes];

test('the device code answer says where to go, how long and how often', async () => {
  const { client } = start();
  const scope = 'openid User.Read';
  const { status, body } = await client.post('/organizations/oauth2/v2.0/devicecode', {
    client_id: cliTools,
    scope,
    unknown_field: 'is ignored',
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    verification_uri: 'https://microsoft.com/devicelogin',
    expires_in: 900,
    interval: 5,
    message: `To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code ${body.user_code} to authenticate.`,
  });
  expect(body.user_code).toMatch(/^[A-Z0-9]{9}$/);
});

test('a poll is pending, without Retry-After, until somebody approves; then it works once', async () => {
  const { client, clock, decide } = start();
  const { device_code, user_code } = await client.deviceCode();
  const pending = await client.poll(device_code);
  expect(verdict(pending)).toEqual([400, 'authorization_pending', [70016]]);
  expect(pending.body.error_description).toContain(
    'AADSTS70016: OAuth 2.0 device flow error. Authorization is pending. Continue polling. Trace ID: ',
  );
  expect(pending.body.error_uri).toBe('https://login.microsoftonline.com/error?code=70016');
  expect(pending.headers.has('retry-after')).toBe(false);
  await decide(user_code, 'grace@contoso.com');
  clock.advance(5000);
  const answer = await client.poll(device_code);
  expect(answer.status).toBe(200);
  expect(answer.body.scope).toBe('openid Application.ReadWrite.All');
  clock.advance(5000);
  expect(verdict(await client.poll(device_code))).toEqual([400, 'bad_verification_code', [70018]]);
});

test('the answer holds a refresh token, id token and client info only when they were asked for', async () => {
  const { client } = start({ approveAs: 'uwe@contoso.com' });
  const plain = await client.deviceCode('User.Read');
  const { body } = await client.poll(plain.device_code);
  expect(Object.keys(body)).toEqual(['token_type', 'scope', 'expires_in', 'ext_expires_in', 'access_token']);
});

test('the granted scopes are all that were ever consented for the client', async () => {
  const { client } = start({ approveAs: 'grace@contoso.com' });
  await client.deviceCode('Policy.Read.All');
  const { device_code } = await client.deviceCode('openid User.Read');
  const { body } = await client.poll(device_code);
  expect(body.scope).toBe('openid Policy.Read.All User.Read');
});

test('/.default gives what was consented before, by its full name, and nothing gives nothing', async () => {
  const { client } = start({ approveAs: 'grace@contoso.com' });
  const scope = 'https://graph.microsoft.com/.default';
  const early = await client.deviceCode(scope);
  expect(verdict(await client.poll(early.device_code))).toEqual([400, 'invalid_grant', [65001]]);
  await client.deviceCode('User.Read');
  const { device_code } = await client.deviceCode(scope);
  const { body } = await client.poll(device_code);
  expect(body.scope).toBe('https://graph.microsoft.com/User.Read https://graph.microsoft.com/.default');
});

test('a client that polls too soon is told to slow down, and in the end is cut off', async () => {
  const { client, clock } = start();
  const { device_code } = await client.deviceCode();
  await client.poll(device_code);
  for (let hasty = 1; hasty <= 10; hasty += 1) {
    expect((await client.poll(device_code)).body.error).toBe('slow_down');
  }
  expect((await client.poll(device_code)).body.error_codes).toEqual([50196]);
  clock.advance(5000);
  expect((await client.poll(device_code)).body.error).toBe('authorization_pending');
});

test('a declined code says so', async () => {
  const { client, decide } = start();
  const { device_code, user_code } = await client.deviceCode();
  const page = await decide(user_code, 'grace@contoso.com', 'decline');
  expect(page.text).toContain('was not signed in');
  expect(verdict(await client.poll(device_code))).toEqual([400, 'authorization_declined', [70018]]);
});

test('a code is expired after 15 minutes, on the page too', async () => {
  const { client, clock } = start();
  const { device_code, user_code } = await client.deviceCode();
  clock.advance(900_000);
  const answer = await client.poll(device_code);
  expect(verdict(answer)).toEqual([400, 'expired_token', [70020]]);
  expect(answer.body.error_description).toContain(
    "AADSTS70020: The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
  );
  const page = await client.get(`/devicelogin?user_code=${user_code}`);
  expect(page.text).toContain('This code did not work.');
});

test('a code nobody gave is refused', async () => {
  const { client } = start();
  expect(verdict(await client.poll('made-up'))).toEqual([400, 'bad_verification_code', [70018]]);
});

test('when Conditional Access blocks the flow, the page and the poller are told the policy', async () => {
  const { client, decide, state } = start({ scenarios: ['device-code-blocked'] });
  const { device_code, user_code } = await client.deviceCode();
  expect((await decide(user_code, 'grace@contoso.com')).text).toContain('AADSTS53003');
  const answer = await client.poll(device_code);
  expect(verdict(answer)).toEqual([400, 'invalid_grant', [53003]]);
  expect(answer.body).toMatchObject({
    suberror: 'message_only',
    claims: `{"access_token":{"capolids":{"essential":true,"values":["${state.deviceCodeBlockedBy}"]}}}`,
  });
});

test('a person who may not consent is told that an administrator is needed', async () => {
  const { client, decide } = start();
  const { device_code, user_code } = await client.deviceCode('Directory.Read.All');
  const page = await decide(user_code, 'rita@contoso.com');
  expect(page.text).toContain('Need admin approval');
  expect(page.text).toContain('AADSTS90094');
  const answer = await client.poll(device_code);
  expect(verdict(answer)).toEqual([400, 'invalid_grant', [65001]]);
  expect(answer.body.suberror).toBe('consent_required');
});

test.for(['petra', 'anton', 'clara'])('%s may consent to delegated permissions', async (name) => {
  const { client } = start({ approveAs: `${name}@contoso.com` });
  const { device_code } = await client.deviceCode('Directory.Read.All');
  expect((await client.poll(device_code)).status).toBe(200);
});

test("Visual Studio Code's own client may not have Graph's admin scopes", async () => {
  const { client } = start({ approveAs: 'grace@contoso.com' });
  const vscode = { client_id: 'aebc6443-996d-45c2-90f0-388ff96faa56' };
  const scope = 'Application.ReadWrite.All';
  const { body } = await client.post('/common/oauth2/v2.0/devicecode', { ...vscode, scope });
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  const poll = await client.token({ ...vscode, grant_type, device_code: String(body.device_code) });
  expect(poll.body.error_codes).toEqual([65002]);
});

test.for([
  ['', 900144],
  ['Everything.All', 70011],
  ['https://example.com/.default', 500011],
] as const)('a device code for the scope "%s" is refused', async ([scope, code]) => {
  const { client } = start();
  const form = { client_id: cliTools, scope };
  const answer = await client.post('/common/oauth2/v2.0/devicecode', form);
  expect([answer.status, answer.body.error_codes]).toEqual([400, [code]]);
});
