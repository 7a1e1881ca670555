import { expect, test } from 'vitest';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { loginClient } from '../../support/login-client.ts';
import { registerApp } from '../../support/registered-app.ts';

test.each([
  { grant_type: 'password', username: 'grace@contoso.com', password: 'x' },
  { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'a.b.c' },
  { grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer', assertion: 'x' },
  { grant_type: 'client_credentials', client_assertion: 'a.b.c' },
  { grant_type: 'client_credentials', client_secret: 'x', scope: 'https://outlook.office365.com/.default' },
  { grant_type: 'client_credentials', client_secret: 'x', scope: 'https://vault.azure.net/.default' },
])('Entra knows %j, and it is not played: that is said', async (form) => {
  const tenant = createPracticeTenant({ lagFactor: 0 });
  const { appId } = registerApp(tenant.state);
  const scope = 'https://graph.microsoft.com/.default';
  const { status, text } = await loginClient(tenant).token({ client_id: appId, scope, ...form });
  expect([status, text]).toEqual([501, expect.stringMatching(/^The practice tenant does not play /)]);
});
