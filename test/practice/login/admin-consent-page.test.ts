import { expect, test } from 'vitest';
import { formOn } from '../../../src/practice/browser.ts';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { fullAccessAsApp } from '../../support/exchange-admin.ts';
import { loginClient, personOnPage } from '../../support/login-client.ts';
import { type RegisteredApp, registerApp } from '../../support/registered-app.ts';

function start(registered: RegisteredApp = {}) {
  const tenant = createPracticeTenant({ lagFactor: 0 });
  const { state } = tenant;
  const client = loginClient(tenant);
  const app = registerApp(state, { requested: ['Mail.Send', 'User.Read.All'], ...registered });
  const asked = { client_id: app.appId, scope: 'https://graph.microsoft.com/.default', state: 's1' };
  const open = (path: string, change: Record<string, string> = {}) =>
    client.get(`/${state.organization.id}${path}?${new URLSearchParams({ ...asked, ...change })}`);
  const decide = async (name: string, { action = 'approve', path = '/v2.0/adminconsent' } = {}) => {
    const page = await open(path);
    const form = formOn(page.text);
    const person = personOnPage(page.text, `${name}@contoso.com`);
    return client.post(form.action, { ...form.fields, person, action });
  };
  const roles = () => state.grants.map(({ appRoleId }) => appRoleId);
  return { state, app, open, decide, roles };
}

const mailSend = 'b633e1c5-b582-4048-a93e-9f11b44c7e96';
const userReadAll = 'df021288-bdef-4463-88db-98f22de89214';

test('the page names the permissions, and accepting grants them and goes back', async () => {
  const { state, open, decide, roles } = start({ webRedirects: ['https://app.contoso.com/back'] });
  const page = await open('/v2.0/adminconsent');
  expect(page.text).toContain('<code>Mail.Send</code>');
  const { headers } = await decide('petra');
  const location = new URL(headers.get('location') ?? '');
  expect(location.origin + location.pathname).toBe('https://app.contoso.com/back');
  expect(Object.fromEntries(location.searchParams)).toEqual({
    admin_consent: 'True',
    tenant: state.organization.id,
    scope: 'https://graph.microsoft.com/.default',
    state: 's1',
  });
  expect(roles()).toEqual([userReadAll, mailSend]);
});

test('without any reply address the consent stands, and the admin lands on AADSTS500113', async () => {
  const { decide, roles } = start();
  const page = await decide('grace');
  expect(page.status).toBe(400);
  expect(page.text).toContain('AADSTS500113: No reply address is registered for the application.');
  expect(roles()).toEqual([userReadAll, mailSend]);
});

test("a role of Exchange's own API is granted too, and an application administrator may accept it", async () => {
  const { app, open, decide, roles } = start();
  const exchange = '00000002-0000-0ff1-ce00-000000000000';
  const asked = [{ id: fullAccessAsApp, type: 'Role' }];
  app.application.graph.requiredResourceAccess = [{ resourceAppId: exchange, resourceAccess: asked }];
  expect((await open('/v2.0/adminconsent')).text).toContain('<code>full_access_as_app</code>');
  expect((await decide('uwe')).text).toContain('AADSTS90094');
  await decide('anton');
  expect(roles()).toEqual([fullAccessAsApp]);
});

test('what is granted already is not granted twice', async () => {
  const { decide, roles } = start({ granted: ['Mail.Send'] });
  await decide('grace');
  expect(roles()).toEqual([mailSend, userReadAll]);
});

test('the consent makes the service principal that is missing', async () => {
  const { state, app, decide } = start();
  state.servicePrincipals.splice(state.servicePrincipals.indexOf(app.servicePrincipal), 1);
  await decide('grace');
  const made = state.servicePrincipals.find(({ appId }) => appId === app.appId);
  expect(state.grants.every(({ principalId }) => principalId === made?.id)).toBe(true);
  expect(state.grants).toHaveLength(2);
});

test.for(['anton', 'clara', 'rita', 'uwe'])(
  '%s may not grant application permissions of Graph',
  async (name) => {
    const { decide, roles } = start();
    const page = await decide(name);
    expect(page.text).toContain('AADSTS90094');
    expect(roles()).toEqual([]);
  },
);

test.for([
  ['/v2.0/adminconsent', 'consent_required'],
  ['/adminconsent', 'permission_denied'],
] as const)('declining at %s sends %s back', async ([path, error]) => {
  const { decide, roles } = start({ webRedirects: ['https://app.contoso.com/back'] });
  const { headers } = await decide('grace', { action: 'decline', path });
  const { searchParams } = new URL(headers.get('location') ?? '');
  expect([searchParams.get('admin_consent'), searchParams.get('error')]).toEqual(['True', error]);
  expect(searchParams.get('error_description')).toContain('AADSTS65004');
  expect(roles()).toEqual([]);
});

test('a redirect that is not registered gets no answer', async () => {
  const { open } = start({ webRedirects: ['https://app.contoso.com/back'] });
  const page = await open('/v2.0/adminconsent', { redirect_uri: 'https://evil.example/' });
  expect([page.status, page.text.includes('AADSTS50011')]).toEqual([400, true]);
});
