import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { loginClient } from '../../support/login-client.ts';
import { signing } from '../../support/signing.ts';

function start() {
  const tenant = createPracticeTenant({ signing });
  return { client: loginClient(tenant), id: tenant.state.organization.id };
}

test('a domain of the customer leads to the tenant id', async () => {
  const { client, id } = start();
  for (const name of ['contoso.com', 'CONTOSO.onmicrosoft.com', id]) {
    const { body } = await client.get(`/${name}/v2.0/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      issuer: `https://login.microsoftonline.com/${id}/v2.0`,
      token_endpoint: `https://login.microsoftonline.com/${id}/oauth2/v2.0/token`,
      authorization_endpoint: `https://login.microsoftonline.com/${id}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `https://login.microsoftonline.com/${id}/oauth2/v2.0/devicecode`,
      jwks_uri: `https://login.microsoftonline.com/${id}/discovery/v2.0/keys`,
      tenant_region_scope: 'EU',
    });
  }
});

test('the words of a path are read in any case; what is not played is said', async () => {
  const { client, id } = start();
  const { body } = await client.get('/contoso.com/V2.0/.well-known/OpenID-Configuration');
  expect(body).toMatchObject({ issuer: `https://login.microsoftonline.com/${id}/v2.0` });
  const token = await client.post('/contoso.com/OAuth2/V2.0/Token', {});
  expect(token.body).toMatchObject({ error_codes: [900144] });
  for (const path of ['/contoso.com/oauth2/authorize', '/contoso.com/oauth2/v2.0/logout']) {
    const answer = await client.get(path);
    expect([answer.status, answer.text]).toEqual([
      501,
      `The practice tenant does not play '${path}' of Microsoft Entra.\n`,
    ]);
  }
});

test('the configuration for any tenant has a template as issuer', async () => {
  const { client } = start();
  const { body } = await client.get('/organizations/v2.0/.well-known/openid-configuration');
  expect(body).toMatchObject({
    issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
    token_endpoint: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
    tenant_region_scope: null,
  });
});

test('the plain configuration names the first version of the endpoints', async () => {
  const { client, id } = start();
  const { body } = await client.get('/contoso.com/.well-known/openid-configuration');
  expect(body).toMatchObject({
    issuer: `https://sts.windows.net/${id}/`,
    token_endpoint: `https://login.microsoftonline.com/${id}/oauth2/token`,
    jwks_uri: `https://login.microsoftonline.com/${id}/discovery/keys`,
  });
});

test('the configuration of an unknown tenant is refused as invalid_tenant', async () => {
  const { client } = start();
  const { status, body } = await client.get('/fabrikam.com/v2.0/.well-known/openid-configuration');
  expect([status, body.error, body.error_codes]).toEqual([400, 'invalid_tenant', [90002]]);
});

test('the keys are public ones', async () => {
  const { client } = start();
  const { body } = await client.get('/common/discovery/v2.0/keys');
  expect(body).toMatchObject({ keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256' }] });
  expect(JSON.stringify(body)).not.toContain('"d":');
});

test('instance discovery knows the hosts of its cloud and no other', async () => {
  const { client } = start();
  const ask = (host: string) =>
    client.get(
      `/common/discovery/instance?api-version=1.1&authorization_endpoint=${encodeURIComponent(`https://${host}/common/oauth2/v2.0/authorize`)}`,
    );
  expect((await ask('login.windows.net')).body).toMatchObject({
    'api-version': '1.1',
    metadata: [{ preferred_network: 'login.microsoftonline.com', preferred_cache: 'login.windows.net' }],
  });
  const unknown = await ask('login.example.com');
  expect([unknown.status, unknown.body.error, unknown.body.error_codes]).toEqual([
    400,
    'invalid_instance',
    [50049],
  ]);
});

test('a signing key comes with the certificate that names it', async () => {
  const { client } = start();
  const keys = (await client.get('/contoso.com/discovery/v2.0/keys')).body.keys;
  const [key] = z.parse(
    z.array(z.object({ kid: z.string(), x5c: z.array(z.string()), n: z.string() })),
    keys,
  );
  const shown = new X509Certificate(Buffer.from(key?.x5c[0] ?? '', 'base64'));
  expect(shown.verify(shown.publicKey)).toBe(true);
  expect(shown.publicKey.export({ format: 'jwk' }).n).toBe(key?.n);
  expect(Buffer.from(key?.kid ?? '', 'base64url').toString('hex')).toBe(
    shown.fingerprint.replaceAll(':', '').toLowerCase(),
  );
});
