import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { cliTools, loginClient } from '../../support/login-client.ts';
import { signing } from '../../support/signing.ts';

const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const armScope = 'https://management.azure.com/.default openid profile offline_access';

async function signedIn(clientId: string, scope: string) {
  const clock = fakeClock();
  const client = loginClient(createPracticeTenant({ signing, clock, approveAs: 'grace@contoso.com' }));
  const asked = await client.post('/contoso.com/oauth2/v2.0/devicecode', { client_id: clientId, scope });
  if (asked.status !== 200) return asked;
  clock.advance(5_000);
  const form = { client_id: clientId, grant_type: 'urn:ietf:params:oauth:grant-type:device_code' };
  return client.token({ ...form, device_code: String(asked.body.device_code) });
}

test('the Azure CLI gets a token for Azure Resource Manager, with its one scope', async () => {
  const { status, body } = await signedIn(azureCli, armScope);
  expect(status).toBe(200);
  expect(body.scope).toContain('https://management.azure.com/user_impersonation');
  const claims = decodeJwt(String(body.access_token));
  expect(claims).toMatchObject({
    aud: 'https://management.azure.com',
    idtyp: 'user',
    upn: 'grace@contoso.com',
  });
  expect(String(claims.scp).split(' ')).toContain('user_impersonation');
});

test("a token is for the resource as it was asked for: Azure CLI's own name of it has a slash", async () => {
  const { status, body } = await signedIn(azureCli, 'https://management.core.windows.net//.default openid');
  expect(status).toBe(200);
  expect(body.scope).toContain('https://management.core.windows.net//user_impersonation');
  expect(decodeJwt(String(body.access_token)).aud).toBe('https://management.core.windows.net/');
});

test('the Azure CLI has its scopes of Microsoft Graph without any consent', async () => {
  const { body } = await signedIn(azureCli, 'https://graph.microsoft.com/.default openid');
  expect(String(decodeJwt(String(body.access_token)).scp).split(' ')).toEqual(
    expect.arrayContaining([
      'Application.ReadWrite.All',
      'AppRoleAssignment.ReadWrite.All',
      'AuditLog.Read.All',
      'DelegatedPermissionGrant.ReadWrite.All',
      'Directory.AccessAsUser.All',
      'Group.ReadWrite.All',
      'User.Read.All',
      'User.ReadWrite.All',
    ]),
  );
});

test('.default with nothing consented is refused on the page and at the token endpoint alike', async () => {
  const { status, body } = await signedIn(cliTools, 'https://graph.microsoft.com/.default openid');
  expect([status, body.error_codes]).toEqual([400, [65001]]);
});

test('Graph Command Line Tools does not: no consent can give it (65002)', async () => {
  const { status, body } = await signedIn(cliTools, armScope);
  expect([status, body.error_codes]).toEqual([400, [65002]]);
  expect(body.error_description).toContain('797f4846-ba00-4fd7-ba43-dac1f8f63013');
});

test('one request is for one resource', async () => {
  const both = 'https://management.azure.com/.default https://graph.microsoft.com/User.Read';
  const { status, body } = await signedIn(azureCli, both);
  expect([status, body.error_codes]).toEqual([400, [28000]]);
  const unknown = await signedIn(azureCli, 'https://management.azure.com/Everything');
  expect(unknown.body.error_codes).toEqual([70011]);
});
