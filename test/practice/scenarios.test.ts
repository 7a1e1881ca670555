import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { entraRoles } from '../../src/practice/directory-roles.ts';
import { rbacAllows, rightsNow } from '../../src/practice/exchange/rbac.ts';
import { findPerson } from '../../src/practice/people.ts';
import { type ScenarioName, scenarios } from '../../src/practice/scenarios.ts';
import { seedState } from '../../src/practice/seed.ts';
import { createPracticeTenant } from '../../src/practice/tenant.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { loginClient } from '../support/login-client.ts';
import { registerApp } from '../support/registered-app.ts';
import { signing } from '../support/signing.ts';

function start(names: ScenarioName[], approveAs = 'grace@contoso.com') {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock, scenarios: names, approveAs, lagFactor: 0 });
  const { state } = tenant;
  const client = loginClient(tenant);
  /** The approver's answer from Graph, with a token of a sign-in by device code. */
  const call = async (method: string, path: string, body?: unknown) => {
    const { device_code } = await client.deviceCode('User.Read Directory.Read.All Application.ReadWrite.All');
    const token = String((await client.poll(device_code)).body.access_token);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    return tenant.fetch(new Request(`https://graph.microsoft.com/v1.0${path}`, init));
  };
  return { clock, tenant, state, client, call, person: findPerson(state, approveAs) };
}

const errorBody = z.object({ error: z.object({ code: z.string() }) });

async function errorOf(response: Response): Promise<unknown> {
  const { error } = errorBody.parse(await response.json());
  return [response.status, error.code];
}

test('each scenario has one line that says what it is', () => {
  for (const { description } of Object.values(scenarios)) expect(description).toMatch(/^.{20,90}$/);
});

test('scenarios can be combined', () => {
  const all = Object.keys(scenarios).filter((name): name is ScenarioName => name in scenarios);
  const { state } = createPracticeTenant({ signing, scenarios: all });
  expect(state.lag.factor).toBe(200);
  expect(state.usersMayRegisterApplications).toBe(false);
  expect(findPerson(state, 'ta@contoso.com')).toBeUndefined();
});

test('slow-replication: a secret takes two minutes', async () => {
  const { clock, state, client } = start(['slow-replication']);
  const app = registerApp(state);
  const form = { client_id: app.appId, client_secret: app.secretText, grant_type: 'client_credentials' };
  const ask = () => client.token({ ...form, scope: 'https://graph.microsoft.com/.default' });
  clock.advance(119_000);
  expect((await ask()).body.error_codes).toEqual([7000215]);
  clock.advance(1_000);
  expect((await ask()).status).toBe(200);
});

test('app-admin-only: without an approver it holds for whoever is picked', () => {
  const { state } = createPracticeTenant({ signing, scenarios: ['app-admin-only'] });
  const roles = new Set(state.people.flatMap((person) => person.roles));
  expect([...roles]).toEqual([entraRoles['Application Administrator']]);
});

test('users-may-not-register: registering is refused until it is opened again', async () => {
  const { state, call } = start(['users-may-not-register']);
  const register = () => call('POST', '/applications', { displayName: 'x' });
  expect(await errorOf(await register())).toEqual([403, 'Authorization_RequestDenied']);
  state.usersMayRegisterApplications = true;
  expect((await register()).status).toBe(201);
});

test('throttled: the first request of each route is told when to come again', async () => {
  const { tenant } = start(['throttled']);
  const ask = (path: string) => tenant.fetch(new Request(`https://graph.microsoft.com/v1.0${path}`));
  const first = await ask('/organization');
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '0.628']);
  expect(await first.json()).toMatchObject({
    error: { code: 'TooManyRequests', message: 'Please retry again later.', innerError: { code: '429' } },
  });
  expect((await ask('/organization')).status).toBe(401);
  expect(await errorOf(await ask('/users/x/messages'))).toEqual([429, 'ApplicationThrottled']);
});

test('throttled: what is pending never tells when to come again', async () => {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock, scenarios: ['throttled', 'flaky'] });
  const client = loginClient(tenant);
  const { device_code } = await client.deviceCode();
  for (let poll = 0; poll < 30; poll += 1) {
    clock.advance(5000);
    const answer = await client.poll(device_code).catch(() => undefined);
    if (answer?.body.error === 'authorization_pending') {
      expect(answer.headers.has('retry-after')).toBe(false);
    }
  }
  expect(tenant.state.requests.filter(({ status }) => status === 429).length).toBeGreaterThan(3);
});

test('flaky: a creating call breaks off although it was carried out, and the next one works', async () => {
  const { state, tenant, client } = start(['flaky']);
  const app = registerApp(state, { granted: ['Application.ReadWrite.All'] });
  const secret = { client_id: app.appId, client_secret: app.secretText };
  const scope = 'https://graph.microsoft.com/.default';
  const sign = () => client.token({ ...secret, grant_type: 'client_credentials', scope });
  await expect(sign()).rejects.toThrow('fetch failed');
  expect((await sign()).status).toBe(503);
  const token = String((await sign()).body.access_token);
  const upsert = () =>
    tenant.fetch(
      new Request("https://graph.microsoft.com/v1.0/applications(uniqueName='ta')", {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          prefer: 'create-if-missing',
        },
        body: '{"displayName":"T&A"}',
      }),
    );
  await expect(upsert()).rejects.toThrow('fetch failed');
  expect(state.applications).toHaveLength(2);
  expect((await upsert()).status).toBe(204);
  expect(state.applications).toHaveLength(2);
});

test('mailbox-size-limited: the sender may send 5 MB, others 35', () => {
  const { state } = start(['mailbox-size-limited']);
  const limits = new Map(state.mailboxes.map(({ addresses, sendLimit }) => [addresses[0], sendLimit]));
  expect(limits.get('ta@contoso.com')).toBe(5_242_880);
  expect(limits.get('robin@contoso.com')).toBe(36_700_160);
});

test('second-app-of-same-name: it was there before, without a unique name', async () => {
  const { state, clock } = start(['second-app-of-same-name']);
  expect(state.applications).toHaveLength(1);
  const [app] = state.applications;
  expect(app?.graph).toMatchObject({
    displayName: 'Time and Attendance Exchange Online Integration',
    uniqueName: null,
  });
  expect(app?.madeBy).toBe(findPerson(state, 'clara@contoso.com')?.id);
  expect(clock.now() - (app?.madeAt ?? 0)).toBeGreaterThan(24 * 3_600_000);
});

test('consent-by-someone-else: the grants are there eight seconds after the service principal', async () => {
  const { state, clock, client } = start(['consent-by-someone-else']);
  registerApp(state, { requested: ['Mail.Send'] });
  clock.advance(7_999);
  await client.get('/');
  expect(state.grants).toEqual([]);
  clock.advance(1);
  await client.get('/');
  await client.get('/');
  expect(state.grants.map(({ appRoleId }) => appRoleId)).toEqual(['b633e1c5-b582-4048-a93e-9f11b44c7e96']);
});

test('consent-by-someone-else: the grants are as old as the consent, not as the look at them', async () => {
  const { state, clock, client } = start(['consent-by-someone-else']);
  registerApp(state, { requested: ['Mail.Send'] });
  const due = clock.now() + 8_000;
  clock.advance(60_000);
  await client.get('/');
  expect(state.grants.map(({ madeAt }) => madeAt)).toEqual([due]);
});

test('mailbox-scoped: the roles are there eight seconds after Exchange first refused the app, once', async () => {
  const { state, clock, client } = start(['mailbox-scoped']);
  const { servicePrincipal } = registerApp(state);
  clock.advance(60_000);
  await client.get('/');
  expect(rbacAllows(state, servicePrincipal.id, ['Mail.Send'], state.mailboxes[0])).toBe(false);
  clock.advance(7_999);
  await client.get('/');
  expect(rightsNow(state, servicePrincipal.id)).toEqual([]);
  clock.advance(1);
  await client.get('/');
  await client.get('/');
  expect(rightsNow(state, servicePrincipal.id)).toEqual([
    { objectId: servicePrincipal.id, permission: 'Mail.ReadWrite', mailbox: 'ta@contoso.com' },
    { objectId: servicePrincipal.id, permission: 'Mail.Send', mailbox: 'ta@contoso.com' },
  ]);
});

test('a tenant without a scenario has an untouched policy, open registration and no faults', () => {
  const state = seedState({ signing });
  expect(state.appManagementPolicy.isEnabled).toBe(false);
  expect(state.usersMayRegisterApplications).toBe(true);
  expect(state.faults.rules).toEqual([]);
  expect(state.lag.factor).toBe(1);
});
