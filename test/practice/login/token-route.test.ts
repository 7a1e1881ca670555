import { expect, test } from 'vitest';
import { createPracticeTenant, type PracticeTenantOptions } from '../../../src/practice/tenant.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { cliTools, loginClient } from '../../support/login-client.ts';
import { registerApp } from '../../support/registered-app.ts';
import { signing } from '../../support/signing.ts';

const defaultScope = 'https://graph.microsoft.com/.default';

function start(options: PracticeTenantOptions = {}) {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock, lagFactor: 0, ...options });
  const client = loginClient(tenant);
  const appToken = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    client.token({ grant_type: 'client_credentials', scope: defaultScope, ...form }, headers);
  return { clock, tenant, state: tenant.state, client, appToken };
}

const isGuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/;

test('a refusal has every field that Entra sends, and keeps the correlation id of the caller', async () => {
  const { state, appToken } = start();
  const { appId } = registerApp(state);
  const answer = await appToken({ client_id: appId, client_secret: 'x' }, { 'client-request-id': 'mine' });
  expect(answer.status).toBe(401);
  const traceId = String(answer.body.trace_id);
  expect(traceId).toMatch(isGuid);
  expect(answer.body).toEqual({
    error: 'invalid_client',
    error_description: `AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'. Trace ID: ${traceId} Correlation ID: mine Timestamp: 2026-11-23 22:00:00Z`,
    error_codes: [7000215],
    timestamp: '2026-11-23 22:00:00Z',
    trace_id: traceId,
    correlation_id: 'mine',
    error_uri: 'https://login.microsoftonline.com/error?code=7000215',
  });
});

test('a new secret is refused as wrong until it has arrived', async () => {
  const { state, clock, appToken } = start({ lagFactor: 1 });
  const app = registerApp(state);
  clock.advance(400);
  const form = { client_id: app.appId, client_secret: app.secretText };
  expect((await appToken(form)).body.error_codes).toEqual([7000215]);
  clock.advance(200);
  expect((await appToken(form)).status).toBe(200);
});

test('a secret past its end is refused as expired', async () => {
  const { state, clock, appToken } = start();
  const app = registerApp(state, { secretDays: 1 });
  clock.advance(24 * 3_600_000);
  const { status, body } = await appToken({ client_id: app.appId, client_secret: app.secretText });
  expect([status, body.error]).toEqual([401, 'invalid_client']);
  expect(body.error_description).toContain(
    `AADSTS7000222: The provided client secret keys for app '${app.appId}' are expired. Visit the Azure portal`,
  );
});

test('an application that has just been made is not found yet, then misses its service principal', async () => {
  const { state, clock, appToken } = start({ lagFactor: 1 });
  const app = registerApp(state);
  const form = { client_id: app.appId, client_secret: app.secretText };
  const early = await appToken(form);
  expect([early.status, early.body.error, early.body.error_codes]).toEqual([
    400,
    'unauthorized_client',
    [700016],
  ]);
  clock.advance(1000);
  app.servicePrincipal.deletedAt = clock.now();
  const later = await appToken(form);
  expect([later.status, later.body.error_codes]).toEqual([401, [7000229]]);
  expect(later.body.error_description).toContain(
    `AADSTS7000229: The client application ${app.appId} is missing service principal in the tenant ${state.organization.id}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
  );
});

test('a disabled service principal gets no token', async () => {
  const { state, appToken } = start();
  const app = registerApp(state);
  app.servicePrincipal.graph.accountEnabled = false;
  const { body } = await appToken({ client_id: app.appId, client_secret: app.secretText });
  expect([body.error, body.error_codes]).toEqual(['unauthorized_client', [7000112]]);
});

test('the secret may come by HTTP Basic, form-encoded', async () => {
  const { state, appToken } = start();
  const app = registerApp(state);
  const pair = `${app.appId}:${encodeURIComponent(app.secretText)}`;
  const answer = await appToken({}, { authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
  expect(answer.status).toBe(200);
});

test('a grant shows in the roles of tokens issued after it arrived, not in older ones', async () => {
  const { state, clock, appToken } = start({ lagFactor: 1 });
  const app = registerApp(state, { granted: ['Mail.Send'] });
  const rolesNow = async () => {
    const { body } = await appToken({ client_id: app.appId, client_secret: app.secretText });
    const [, payload = ''] = String(body.access_token).split('.');
    return JSON.parse(Buffer.from(payload, 'base64url').toString()).roles;
  };
  clock.advance(700);
  expect(await rolesNow()).toBeUndefined();
  clock.advance(200);
  expect(await rolesNow()).toEqual(['Mail.Send']);
});

test.for<[string, Record<string, string>, number, string, string]>([
  [
    'without grant_type',
    { grant_type: '' },
    400,
    'invalid_request',
    "AADSTS900144: The request body must contain the following parameter: 'grant_type'.",
  ],
  [
    'with a grant type of its own',
    { grant_type: 'magic' },
    400,
    'unsupported_grant_type',
    "AADSTS70003: The app requested an unsupported grant type 'magic'.",
  ],
  [
    'with the name of an inherited property as grant type',
    { grant_type: 'constructor' },
    400,
    'unsupported_grant_type',
    'AADSTS70003',
  ],
  [
    'without client_id',
    { client_id: '' },
    400,
    'invalid_request',
    "AADSTS900144: The request body must contain the following parameter: 'client_id'.",
  ],
  [
    'of an unknown client',
    { client_id: 'nobody' },
    400,
    'unauthorized_client',
    "AADSTS700016: Application with identifier 'nobody' was not found in the directory 'Contoso'.",
  ],
  [
    'of the client of zeros',
    { client_id: '00000000-0000-0000-0000-000000000000' },
    400,
    'unauthorized_client',
    'AADSTS700038: 00000000-0000-0000-0000-000000000000 is not a valid application identifier.',
  ],
  [
    'without secret',
    { client_secret: '' },
    401,
    'invalid_client',
    "AADSTS7000216: 'client_assertion', 'client_secret' or 'request' is required",
  ],
  [
    'without scope',
    { scope: '' },
    400,
    'invalid_request',
    "AADSTS900144: The request body must contain the following parameter: 'scope'.",
  ],
  [
    'for a single permission',
    { scope: 'https://graph.microsoft.com/Mail.Send' },
    400,
    'invalid_scope',
    'AADSTS1002012: The provided value for scope https://graph.microsoft.com/Mail.Send is not valid. Client credential flows must have a scope value with /.default suffixed',
  ],
  [
    'for a scope encoded twice',
    { scope: 'https%3A%2F%2Fgraph.microsoft.com%2F.default' },
    400,
    'invalid_scope',
    'AADSTS1002012',
  ],
  [
    'for an unknown resource',
    { scope: 'https://example.com/.default' },
    400,
    'invalid_resource',
    'AADSTS500011: The resource principal named https://example.com was not found in the tenant named ',
  ],
  [
    'of a public client of Microsoft',
    { client_id: cliTools },
    401,
    'invalid_client',
    'AADSTS700025: Client is public',
  ],
])('client credentials %s are refused', async ([, change, status, error, description]) => {
  const { state, appToken } = start();
  const app = registerApp(state);
  const whole = { client_id: app.appId, client_secret: app.secretText, ...change };
  const answer = await appToken(Object.fromEntries(Object.entries(whole)));
  expect([answer.status, answer.body.error]).toEqual([status, error]);
  expect(answer.body.error_description).toContain(description);
});

test('an unknown tenant is refused, a single-tenant application at /common too', async () => {
  const { state, client } = start();
  const { appId } = registerApp(state);
  const form = { grant_type: 'client_credentials', client_id: appId, scope: defaultScope };
  const unknown = await client.post('/fabrikam.com/oauth2/v2.0/token', form);
  expect([unknown.status, unknown.body.error]).toEqual([400, 'invalid_request']);
  expect(unknown.body.error_description).toContain("AADSTS90002: Tenant 'fabrikam.com' not found. Check to");
  const common = await client.post('/common/oauth2/v2.0/token', form);
  expect(common.body.error_codes).toEqual([50194]);
  const consumers = await client.post('/consumers/oauth2/v2.0/token', form);
  expect(consumers.body.error_codes).toEqual([9002346]);
});

test('a refresh token that is made up, or of another client, is refused', async () => {
  const { state, client } = start();
  const theirs = { personId: '', clientId: 'other', scopes: [], signedInAt: 0, generation: 0 };
  state.refreshTokens.set('theirs', theirs);
  for (const refresh_token of ['made-up', 'theirs']) {
    const form = { grant_type: 'refresh_token', client_id: cliTools, refresh_token };
    expect((await client.token(form)).body.error_codes).toEqual([9002313]);
  }
});

test('a refresh for a person whose account was disabled is refused', async () => {
  const { state, client } = start({ approveAs: 'grace@contoso.com' });
  const { device_code } = await client.deviceCode();
  const { body } = await client.poll(device_code);
  const [grace] = state.people;
  if (grace) grace.graph.accountEnabled = false;
  const form = {
    grant_type: 'refresh_token',
    client_id: cliTools,
    refresh_token: String(body.refresh_token),
  };
  expect((await client.token(form)).body.error_codes).toEqual([50057]);
});

test('a public client that sends a secret is refused, a confidential one without secret too', async () => {
  const { state, client } = start();
  const secretive = { grant_type: 'authorization_code', client_id: cliTools, code: 'x', client_secret: 's' };
  expect((await client.token(secretive)).body.error_codes).toEqual([700025]);
  const { appId } = registerApp(state);
  const device = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: 'x' };
  expect((await client.token({ ...device, client_id: appId })).body.error_codes).toEqual([7000218]);
});
