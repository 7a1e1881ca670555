import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import type { Http } from '../../../src/core/cloud/http.ts';
import { signInToAzure } from '../../../src/core/sign-in/sign-in.ts';
import { browseAs } from '../../../src/practice/browser.ts';
import { practiceSignIn, shownCodes } from '../../support/practice-sign-in.ts';

const audience = 'https://management.azure.com';

test('signs in to Azure by device code with a client of its own, and renews', async () => {
  const { options, approve, clock, tenant } = await practiceSignIn();
  const { showCode } = shownCodes(({ userCode }) => approve(userCode));
  const session = await signInToAzure({ ...options, way: 'device code', showCode });
  expect(session.admin.userPrincipalName).toBe('grace@contoso.com');
  expect(session.scopes).toContain('user_impersonation');
  const first = (await session.token()).reveal();
  expect(decodeJwt(first)).toMatchObject({ aud: audience, tid: tenant.state.organization.id });
  clock.advance(2 * 3_600_000);
  const renewed = (await session.token()).reveal();
  expect(renewed).not.toBe(first);
  expect(decodeJwt(renewed).aud).toBe(audience);
  session.signOut();
  await expect(session.token()).rejects.toMatchObject({ code: 'TA-SIGNED-OUT' });
});

test('the same sign-in gives a token for Key Vault, without asking anyone, as long as it lasts', async () => {
  const { options, approve, tenant } = await practiceSignIn();
  const codes: string[] = [];
  const { showCode } = shownCodes(({ userCode }) => {
    codes.push(userCode);
    approve(userCode);
  });
  const session = await signInToAzure({ ...options, way: 'device code', showCode });
  const token = await session.tokenFor('https://vault.azure.net/.default');
  expect(decodeJwt(token.reveal())).toMatchObject({
    ...{ aud: 'https://vault.azure.net', scp: expect.stringContaining('user_impersonation') },
    ...{ tid: tenant.state.organization.id, upn: 'grace@contoso.com' },
  });
  expect(decodeJwt((await session.token()).reveal()).aud).toBe(audience);
  expect(codes).toHaveLength(1);
  session.signOut();
  await expect(session.tokenFor('https://vault.azure.net/.default')).rejects.toMatchObject({
    code: 'TA-SIGNED-OUT',
  });
});

test('signs in to Azure by browser too', async () => {
  const { options, tenant } = await practiceSignIn();
  const openBrowser = (url: string) => browseAs(tenant, 'uwe@contoso.com', url);
  const session = await signInToAzure({ ...options, way: 'browser', openBrowser });
  expect(decodeJwt((await session.token()).reveal())).toMatchObject({
    aud: audience,
    upn: 'uwe@contoso.com',
  });
});

test.each(['device code', 'browser'] as const)(
  'what Azure asks of the sign-in besides reaches Entra by %s',
  async (way) => {
    const { options, approve, tenant } = await practiceSignIn();
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'p1' } } });
    const asked: string[] = [];
    const http: Http = {
      send(request) {
        asked.push(new URLSearchParams(String(request.body ?? '')).get('claims') ?? '');
        return options.http.send(request);
      },
    };
    const openBrowser = (url: string) => {
      asked.push(new URL(url).searchParams.get('claims') ?? '');
      return browseAs(tenant, 'grace@contoso.com', url);
    };
    const { showCode } = shownCodes(({ userCode }) => approve(userCode));
    const ways = {
      'device code': { way: 'device code', showCode },
      browser: { way: 'browser', openBrowser },
    } as const;
    await signInToAzure({ ...options, ...ways[way], http, claims });
    expect(asked.some((one) => one.includes('"acrs"'))).toBe(true);
  },
);
