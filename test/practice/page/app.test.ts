import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { formOn } from '../../../src/practice/browser.ts';
import { liveScript } from '../../../src/practice/page/layout.ts';
import { findPerson } from '../../../src/practice/people.ts';
import type { Mail, State } from '../../../src/practice/state.ts';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { loginClient, personOnPage } from '../../support/login-client.ts';
import { registerApp } from '../../support/registered-app.ts';
import { signing } from '../../support/signing.ts';

const origin = 'http://127.0.0.1:4242';

function start() {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock, lagFactor: 0 });
  return {
    clock,
    tenant,
    state: tenant.state,
    browser: loginClient(tenant, origin),
    app: loginClient(tenant),
  };
}

function mail(subject: string, content: string, visibleAt: number): Mail {
  const person = (address: string) => ({ emailAddress: { address, name: 'N <i>' } });
  return {
    id: subject,
    folder: 'inbox',
    visibleAt,
    graph: {
      subject,
      from: person('ta@contoso.com'),
      toRecipients: [person('robin@contoso.com')],
      body: { contentType: 'html', content },
    },
    attachments: [{ id: 'a', graph: { name: '<img>.pdf' }, bytes: new Uint8Array(20_480) }],
  };
}

function deliver(state: State, to: string, item: Mail): void {
  const owner = findPerson(state, to);
  state.mailboxes.find(({ ownerId }) => ownerId === owner?.id)?.mails.push(item);
}

test('the page shows flags, people, directory and requests', async () => {
  const { state, browser, app } = start();
  const registered = registerApp(state, { granted: ['Mail.Send'] });
  const { user_code } = await app.deviceCode();
  const { text } = await browser.get('/');
  for (const shown of [
    '--connect-to graph.microsoft.com=http://127.0.0.1:4242',
    state.organization.id,
    `href="/devicelogin?user_code=${user_code}"`,
    'Privileged Role Administrator',
    registered.appId,
    registered.secretText.slice(0, 3),
    '<code>Mail.Send</code>',
    'login.microsoftonline.com/contoso.com/oauth2/v2.0/devicecode',
  ]) {
    expect(text).toContain(shown);
  }
  expect(text).not.toContain(registered.secretText);
});

test('the page shows vaults with the names of their secrets, never what they are', async () => {
  const { state, browser, clock } = start();
  expect((await browser.get('/')).text).toContain('There is no vault.');
  const sha256 = 'f00dcafe'.repeat(8);
  const second = Math.floor(clock.now() / 1000);
  const secret = {
    name: 'ta-exo-client-secret',
    version: 'v1',
    sha256,
    contentType: 'Entra client secret',
    exp: second + 86_400,
    enabled: true,
    tags: {},
    created: second,
    updated: second,
  };
  state.azure.vaults.push({
    subscriptionId: state.ids.guid(),
    group: 'contoso-it',
    name: '<b>keys',
    location: 'westeurope',
    tags: {},
    properties: {},
    madeAt: clock.now(),
    secrets: [secret, { ...secret, name: 'old', enabled: false }],
    deletedSecrets: [{ ...secret, name: 'older', deletedAt: clock.now() }],
  });
  const { text } = await browser.get('/');
  expect(text).toContain('&lt;b&gt;keys');
  expect(text).toContain('contoso-it (westeurope)');
  expect(text).toContain('<code>ta-exo-client-secret</code>: written');
  expect(text).toMatch(/<code>old<\/code>.*, disabled/);
  expect(text).toMatch(/<code>older<\/code>: deleted .*, recoverable/);
  expect(text).not.toContain(sha256);
});

test('mails are shown as text, whatever is in them', async () => {
  const { state, browser, clock } = start();
  const hostile =
    '<p>Dear <b>Robin</b></p><script>alert(1)</script><img src=x onerror=alert(1)>&lt;script&gt;';
  deliver(state, 'robin@contoso.com', mail('<script>alert(2)</script>', hostile, clock.now()));
  deliver(state, 'robin@contoso.com', mail('still on its way', 'x', clock.now() + 1));
  state.outbox.push(mail('to the world', 'y', clock.now()));
  const { text } = await browser.get('/');
  expect(text.replace(`<script>${liveScript}</script>`, '')).not.toMatch(/<script|<img|<i>/);
  expect(text).toContain('&lt;script&gt;alert(2)&lt;/script&gt;');
  expect(text).toContain('Dear Robin');
  expect(text).toContain('&lt;img&gt;.pdf, 20,480 bytes');
  expect(text).toContain('to the world');
  const order = [
    '<h2>Mailboxes',
    'id="mailbox-robin@contoso.com"',
    'id="outbox"',
    'No email: ',
    '<h2>Sign in',
  ];
  expect(order.map((part) => text.indexOf(part))).toEqual(
    order.map((part) => text.indexOf(part)).toSorted((one, other) => one - other),
  );
  expect((await start().browser.get('/')).text).not.toContain('id="outbox"');
  expect(text).not.toContain('still on its way');
});

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('base64');

test('one script of ours runs on the page, and nothing comes from elsewhere', async () => {
  const { browser } = start();
  const { text, headers } = await browser.get('/');
  expect(headers.get('content-security-policy')).toBe(
    `default-src 'none'; style-src 'self'; script-src 'sha256-${sha256Of(liveScript)}'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  expect(text.replace(liveScript, '')).not.toMatch(/(src|href)="(?!\/)/);
  const style = await browser.get('/practice.css');
  expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(style.text).toContain('prefers-color-scheme: dark');
  expect(style.text).not.toMatch(/url\(|@import/);
});

test('the device login works from the page', async () => {
  const { browser, app } = start();
  const { device_code, user_code } = await app.deviceCode();
  const page = await browser.get(`/devicelogin?user_code=${user_code.toLowerCase()}`);
  expect(page.text).toContain('Microsoft Graph Command Line Tools');
  expect(page.text).toContain('Contoso (contoso.com)');
  expect(page.text).toContain('<code>Application.ReadWrite.All</code>');
  const { action, fields } = formOn(page.text);
  const person = personOnPage(page.text, 'grace@contoso.com');
  const form = { ...fields, person, action: 'approve' };
  const done = await browser.post(action, form, {
    origin,
    host: '127.0.0.1:4242',
    'sec-fetch-site': 'same-origin',
  });
  expect(done.text).toContain('You are signed in');
  expect((await app.poll(device_code)).status).toBe(200);
});

test.for<[string, Record<string, string>]>([
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['another port of this machine', { origin: 'http://127.0.0.1:9999', 'sec-fetch-site': 'same-site' }],
  ['a page without origin', { origin: 'null' }],
  ['an old browser elsewhere', { origin: 'http://evil.example' }],
])('a form sent by %s is refused, and changes nothing', async ([, headers]) => {
  const { state, browser, app } = start();
  const { user_code } = await app.deviceCode();
  const form = { user_code, person: state.people[0]?.id ?? '', action: 'approve' };
  const answer = await browser.post('/common/oauth2/deviceauth', form, headers);
  expect(answer.status).toBe(403);
  expect(state.deviceCodes[0]?.status).toBe('pending');
});

test('a form without a choice asks again', async () => {
  const { state, browser, app } = start();
  const { user_code } = await app.deviceCode();
  const answer = await browser.post('/common/oauth2/deviceauth', { user_code, action: 'approve' });
  expect(formOn(answer.text).fields).toEqual({ user_code });
  expect(state.deviceCodes[0]?.status).toBe('pending');
});

test('a person who may not sign in cannot be picked', async () => {
  const { state, browser, app } = start();
  const { user_code } = await app.deviceCode();
  const person = findPerson(state, 'ta@contoso.com')?.id ?? '';
  await browser.post('/common/oauth2/deviceauth', { user_code, person, action: 'approve' });
  expect(state.deviceCodes[0]?.status).toBe('pending');
});
