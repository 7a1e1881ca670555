import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { formOn } from '../../../src/practice/browser.ts';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { cliTools, loginClient, personOnPage } from '../../support/login-client.ts';
import { registerApp } from '../../support/registered-app.ts';
import { signing } from '../../support/signing.ts';

const verifier = 'a-verifier-of-at-least-forty-three-characters-0';
const asked = {
  client_id: cliTools,
  response_type: 'code',
  redirect_uri: 'http://localhost:5005',
  scope: 'openid Directory.Read.All',
  state: 's1',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};

function start() {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock, lagFactor: 0 });
  const client = loginClient(tenant);
  const open = (change: Record<string, string> = {}) =>
    client.get(`/contoso.com/oauth2/v2.0/authorize?${new URLSearchParams({ ...asked, ...change })}`);
  /** Picks the person on the page and returns the answer to the form. */
  const decide = async (name: string, action = 'approve', change: Record<string, string> = {}) => {
    const page = await open(change);
    const form = formOn(page.text);
    const person = personOnPage(page.text, `${name}@contoso.com`);
    return client.post(form.action, { ...form.fields, person, action });
  };
  const redirected = async (...args: Parameters<typeof decide>) => {
    const { headers } = await decide(...args);
    return new URL(headers.get('location') ?? 'about:blank');
  };
  const redeem = (code: string, change: Record<string, string> = {}) =>
    client.token({
      grant_type: 'authorization_code',
      client_id: cliTools,
      redirect_uri: asked.redirect_uri,
      code_verifier: verifier,
      code,
      ...change,
    });
  return { clock, state: tenant.state, client, open, decide, redirected, redeem };
}

test('a code is redeemed once', async () => {
  const { redirected, redeem } = start();
  const location = await redirected('grace');
  expect(location.searchParams.get('state')).toBe('s1');
  const code = location.searchParams.get('code') ?? '';
  expect((await redeem(code)).status).toBe(200);
  expect((await redeem(code)).body.error_codes).toEqual([54005]);
});

test.for<[string, Record<string, string>, number]>([
  ['with another verifier', { code_verifier: 'another' }, 501481],
  ['without verifier', { code_verifier: '' }, 900144],
  ['for another redirect', { redirect_uri: 'http://localhost:1' }, 500112],
  ['without the code', { code: '' }, 900144],
  ['with a code that is made up', { code: 'made-up' }, 9002313],
])('a code redeemed %s is refused, and works afterwards', async ([, change, expected]) => {
  const { redirected, redeem } = start();
  const code = (await redirected('grace')).searchParams.get('code') ?? '';
  expect((await redeem(code, change)).body.error_codes).toEqual([expected]);
  expect((await redeem(code)).status).toBe(200);
});

test('a code is expired after ten minutes', async () => {
  const { clock, redirected, redeem } = start();
  const code = (await redirected('grace')).searchParams.get('code') ?? '';
  clock.advance(600_000);
  expect((await redeem(code)).body.error_codes).toEqual([70008]);
});

test('a confidential client has to show its secret for a code', async () => {
  const { state, redirected, redeem } = start();
  const app = registerApp(state, { webRedirects: ['https://app.contoso.com/back'] });
  const own = { client_id: app.appId, redirect_uri: 'https://app.contoso.com/back' };
  const location = await redirected('grace', 'approve', own);
  const code = location.searchParams.get('code') ?? '';
  expect((await redeem(code, own)).body.error_codes).toEqual([7000218]);
  expect((await redeem(code, { ...own, client_secret: 'wrong' })).body.error_codes).toEqual([7000215]);
  expect((await redeem(code, { ...own, client_secret: app.secretText })).status).toBe(200);
});

test('declining sends the refusal back', async () => {
  const { redirected } = start();
  const { searchParams } = await redirected('grace', 'decline');
  expect(searchParams.get('error')).toBe('access_denied');
  expect(searchParams.get('error_description')).toMatch(
    /^AADSTS65004: User declined to consent to access the app\. Trace ID: /,
  );
  expect(searchParams.get('state')).toBe('s1');
});

test('a person who may not consent sends back that an administrator is needed', async () => {
  const { redirected, state } = start();
  const { searchParams } = await redirected('uwe');
  expect(searchParams.get('error_description')).toContain('AADSTS90094');
  expect(state.consents.size).toBe(0);
});

test('the answer comes in the mode that was asked for', async () => {
  const { decide, redirected } = start();
  const fragment = await redirected('grace', 'approve', { response_mode: 'fragment' });
  expect([fragment.search, new URLSearchParams(fragment.hash.slice(1)).get('state')]).toEqual(['', 's1']);
  const page = await decide('grace', 'approve', { response_mode: 'form_post' });
  const form = formOn(page.text);
  expect([form.action, form.fields.state]).toEqual(['http://localhost:5005', 's1']);
  const policy = page.headers.get('content-security-policy') ?? '';
  const script = /<script>(.*?)<\/script>/.exec(page.text)?.[1] ?? '';
  expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  expect(policy).toContain("form-action 'self' http://localhost:5005");
});

test('the page preselects the person that was hinted at', async () => {
  const { open } = start();
  const { text } = await open({ login_hint: 'clara@contoso.com' });
  const checked = /value="([^"]*)" required checked/.exec(text)?.[1];
  expect(checked).toBe(personOnPage(text, 'clara@contoso.com'));
});

test.for<[string, Record<string, string>, string]>([
  [
    'a redirect that is not registered',
    { redirect_uri: 'https://evil.example/' },
    'AADSTS50011: The redirect URI &#39;https://evil.example/&#39; specified',
  ],
  ['a loopback redirect in disguise', { redirect_uri: 'http://localhost.evil.example/' }, 'AADSTS50011'],
  ['an unknown client', { client_id: 'nobody' }, 'AADSTS700016'],
  ['another response type', { response_type: 'nonsense' }, 'AADSTS70005'],
  ['a resource', { resource: 'https://graph.microsoft.com' }, 'AADSTS901002'],
  ['a plain challenge', { code_challenge_method: 'plain' }, 'AADSTS501491'],
  ['no scope', { scope: '' }, 'AADSTS900144'],
  [
    'a scope that does not exist',
    { scope: '<b>x' },
    'AADSTS70011: The provided value for the input parameter &#39;scope&#39; is not valid. The scope &lt;b&gt;x is not valid.',
  ],
])('%s gets a page, not a redirect', async ([, change, text]) => {
  const { open } = start();
  const page = await open(change);
  expect([page.status, page.headers.get('location')]).toEqual([400, null]);
  expect(page.text).toContain(text);
  expect(page.text).toContain('Correlation ID: ');
});
