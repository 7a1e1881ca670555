import { expect, test } from 'vitest';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { loginClient } from '../../support/login-client.ts';
import { registerApp } from '../../support/registered-app.ts';
import { signing } from '../../support/signing.ts';

test.each([
  { grant_type: 'password', username: 'grace@contoso.com', password: 'x' },
  { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'a.b.c' },
  { grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer', assertion: 'x' },
  { grant_type: 'client_credentials', client_assertion: 'a.b.c' },
  { grant_type: 'client_credentials', client_secret: 'x', scope: 'https://outlook.office365.com/.default' },
  { grant_type: 'client_credentials', client_secret: 'x', scope: 'https://vault.azure.net/.default' },
])('Entra knows %j, and it is not played: that is said', async (form) => {
  const tenant = createPracticeTenant({ signing, lagFactor: 0 });
  const { appId } = registerApp(tenant.state);
  const scope = 'https://graph.microsoft.com/.default';
  const { status, text } = await loginClient(tenant).token({ client_id: appId, scope, ...form });
  expect([status, text]).toEqual([501, expect.stringMatching(/^The practice tenant does not play /)]);
});

test('a token for an application of the tenant is not played, and the application is not said to be missing', async () => {
  const tenant = createPracticeTenant({ signing, lagFactor: 0 });
  const { appId, application, secretText } = registerApp(tenant.state);
  application.graph.identifierUris = ['api://mailer'];
  const ask = (resource: string, more = {}) =>
    loginClient(tenant).token({
      ...{
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: secretText,
        scope: `${resource}/.default`,
      },
      ...more,
    });
  for (const resource of [appId, 'api://mailer']) expect((await ask(resource)).status).toBe(501);
  expect((await ask('api://nonsense')).body.error_codes).toEqual([500011]);
  const graph = 'https://graph.microsoft.com';
  expect((await ask(graph)).status).toBe(200);
  expect((await ask(graph, { resource: graph })).body.error_codes).toEqual([901002]);
});

test.each([
  { response_type: 'id_token' },
  { response_type: 'code id_token' },
  { response_type: 'token' },
  { prompt: 'none' },
])('a sign-in with %j is not played', async (asked) => {
  const tenant = createPracticeTenant({ signing, lagFactor: 0 });
  const redirect = 'https://mailer.example/back';
  const { appId } = registerApp(tenant.state, { webRedirects: [redirect] });
  const query = {
    client_id: appId,
    response_type: 'code',
    redirect_uri: redirect,
    scope: 'openid',
    nonce: 'x',
  };
  const path = `/contoso.com/oauth2/v2.0/authorize?${new URLSearchParams({ ...query, ...asked })}`;
  expect((await loginClient(tenant).get(path)).status).toBe(501);
});
