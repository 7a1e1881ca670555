import { createHash, randomBytes } from 'node:crypto';
import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkResponse,
  PublicClientApplication,
} from '@azure/msal-node';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { formOn } from '../../../src/practice/browser.ts';
import { serve } from '../../../src/practice/serve.ts';
import { createPracticeTenant, type PracticeTenantOptions } from '../../../src/practice/tenant.ts';
import { cliTools, loginClient, loginOrigin, personOnPage } from '../../support/login-client.ts';
import { type LoopbackRequest, loopbackFetch } from '../../support/loopback-fetch.ts';
import { registerApp } from '../../support/registered-app.ts';
import { signing } from '../../support/signing.ts';

/** MSAL refuses authorities without https: this sends what it means for `https://HOST/...` to a port of this machine. */
function loopbackNetworkClient(port: number): INetworkModule {
  const fetch = loopbackFetch(port);
  const send = async <T>(url: string, asked: LoopbackRequest): Promise<NetworkResponse<T>> => {
    const answer = await fetch(url, asked);
    const body: T = await answer.json();
    return { headers: Object.fromEntries(answer.headers), body, status: answer.status };
  };
  return {
    sendGetRequestAsync: (url, options) => send(url, { ...options, method: 'GET' }),
    sendPostRequestAsync: (url, options) => send(url, { ...options, method: 'POST' }),
  };
}

async function servedTenant(options: PracticeTenantOptions = {}) {
  const tenant = createPracticeTenant({ signing, lagFactor: 0, ...options });
  const served = await serve(tenant);
  onTestFinished(() => served.close());
  return { tenant, state: tenant.state, networkClient: loopbackNetworkClient(served.port) };
}

function publicClient({ networkClient }: Awaited<ReturnType<typeof servedTenant>>, tenant = 'organizations') {
  return new PublicClientApplication({
    auth: { clientId: cliTools, authority: `${loginOrigin}/${tenant}` },
    system: { networkClient },
  });
}

test('MSAL signs an admin in by device code', async () => {
  const served = await servedTenant({ approveAs: 'grace@contoso.com', devicePollSeconds: 1 });
  const result = await publicClient(served, 'contoso.com').acquireTokenByDeviceCode({
    scopes: ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'],
    deviceCodeCallback: ({ userCode }) => expect(userCode).toMatch(/^[A-Z0-9]{9}$/),
  });
  const grace = served.state.people[0];
  expect(result?.account?.homeAccountId).toBe(`${grace?.id}.${served.state.organization.id}`);
  expect(result?.account?.username).toBe('grace@contoso.com');
  expect(decodeJwt(result?.accessToken ?? '')).toMatchObject({
    aud: '00000003-0000-0000-c000-000000000000',
    iss: `https://sts.windows.net/${served.state.organization.id}/`,
    appid: cliTools,
    appidacr: '0',
    idtyp: 'user',
    oid: grace?.id,
    scp: 'Application.ReadWrite.All AppRoleAssignment.ReadWrite.All openid profile',
    tid: served.state.organization.id,
    upn: 'grace@contoso.com',
    ver: '1.0',
    wids: ['62e90394-69f5-4237-9190-012177145e10', 'b79fbf4d-3ef9-4689-8143-76b194e85509'],
  });
});

test('MSAL gets more scopes silently when they were consented, and is told when not', async () => {
  const served = await servedTenant({ approveAs: 'grace@contoso.com', devicePollSeconds: 1 });
  const msal = publicClient(served);
  const first = await msal.acquireTokenByDeviceCode({
    scopes: ['User.Read'],
    deviceCodeCallback: () => undefined,
  });
  const account = first?.account ?? undefined;
  if (!account) throw new Error('no account');
  const again = await msal.acquireTokenSilent({ account, scopes: ['User.Read'], forceRefresh: true });
  expect(decodeJwt(again.accessToken).upn).toBe('grace@contoso.com');
  const more = msal.acquireTokenSilent({ account, scopes: ['Policy.Read.All'] });
  await expect(more).rejects.toMatchObject({ name: 'InteractionRequiredAuthError', errorNo: 65001 });
});

test('MSAL signs in by authorization code with PKCE, the page driven by hand', async () => {
  const served = await servedTenant();
  const msal = publicClient(served);
  const browser = loginClient(served.tenant);
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = 'http://localhost:4711';
  const asked = { scopes: ['https://graph.microsoft.com/Directory.Read.All'], redirectUri };
  const url = await msal.getAuthCodeUrl({
    ...asked,
    responseMode: 'query',
    state: 'st&te',
    nonce: 'n1',
    codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
    codeChallengeMethod: 'S256',
  });
  const page = await browser.get(url.slice(loginOrigin.length));
  const { action, fields } = formOn(page.text);
  const person = personOnPage(page.text, 'petra@contoso.com');
  const answer = await browser.post(action, { ...fields, person, action: 'approve' });
  const location = new URL(answer.headers.get('location') ?? '');
  expect([location.origin, location.searchParams.get('state')]).toEqual([redirectUri, 'st&te']);
  const code = location.searchParams.get('code') ?? '';
  const result = await msal.acquireTokenByCode({ ...asked, code, codeVerifier: verifier, nonce: 'n1' });
  expect(decodeJwt(result.idToken)).toMatchObject({ nonce: 'n1', preferred_username: 'petra@contoso.com' });
  expect(decodeJwt(result.accessToken).aud).toBe('https://graph.microsoft.com');
  expect(result.scopes).toContain('https://graph.microsoft.com/Directory.Read.All');
});

test('MSAL signs in by browser: the page posts the code to its loopback listener', async () => {
  const served = await servedTenant({ scenarios: ['device-code-blocked'] });
  const browser = loginClient(served.tenant);
  const result = await publicClient(served).acquireTokenInteractive({
    scopes: ['User.Read'],
    openBrowser: async (url) => {
      const page = await browser.get(url.slice(loginOrigin.length));
      const picker = formOn(page.text);
      const person = personOnPage(page.text, 'uwe@contoso.com');
      const back = await browser.post(picker.action, { ...picker.fields, person, action: 'approve' });
      const { action, fields } = formOn(back.text);
      await fetch(action, { method: 'POST', body: new URLSearchParams(fields) });
    },
  });
  expect(result.account?.username).toBe('uwe@contoso.com');
});

test('MSAL gets an app-only token whose roles are what was granted', async () => {
  const served = await servedTenant();
  const app = registerApp(served.state, { granted: ['Mail.Send', 'Directory.Read.All'] });
  const msal = new ConfidentialClientApplication({
    auth: {
      clientId: app.appId,
      clientSecret: app.secretText,
      authority: `${loginOrigin}/${served.state.organization.id}`,
    },
    system: { networkClient: served.networkClient },
  });
  const result = await msal.acquireTokenByClientCredential({
    scopes: ['https://graph.microsoft.com/.default'],
  });
  const claims = decodeJwt(result?.accessToken ?? '');
  expect(claims).toMatchObject({
    aud: 'https://graph.microsoft.com',
    app_displayname: 'Mailer',
    appid: app.appId,
    appidacr: '1',
    idtyp: 'app',
    oid: app.servicePrincipal.id,
    roles: ['Mail.Send', 'Directory.Read.All'],
    sub: app.servicePrincipal.id,
    ver: '1.0',
    wids: ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'],
  });
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3899);
});

test('MSAL reads why a secret is refused', async () => {
  const served = await servedTenant();
  const { appId } = registerApp(served.state);
  const msal = new ConfidentialClientApplication({
    auth: { clientId: appId, clientSecret: 'wrong', authority: `${loginOrigin}/contoso.com` },
    system: { networkClient: served.networkClient },
  });
  const asked = msal.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
  await expect(asked).rejects.toMatchObject({ errorCode: 'invalid_client', errorNo: 7000215, status: 401 });
});

test('tokens verify against the published keys, and hold no roles when nothing is granted', async () => {
  const { tenant, state } = await servedTenant();
  const client = loginClient(tenant);
  const { appId, secretText } = registerApp(state);
  const { body } = await client.token({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: secretText,
    scope: 'https://graph.microsoft.com/.default',
  });
  expect(Object.keys(body)).toEqual(['token_type', 'expires_in', 'ext_expires_in', 'access_token']);
  const keys = await client.get('/common/discovery/v2.0/keys');
  const jwks = createLocalJWKSet(JSON.parse(keys.text));
  const { payload } = await jwtVerify(String(body.access_token), jwks, { algorithms: ['RS256'] });
  expect(payload).not.toHaveProperty('roles');
});
