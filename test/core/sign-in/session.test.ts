import { expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { continueSignIn, startSession } from '../../../src/core/sign-in/sign-in.ts';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { forgedAnswer } from '../../support/forged-token.ts';
import { practiceSignIn } from '../../support/practice-sign-in.ts';

const hour = 3_600_000;

async function signedIn(options: Parameters<typeof practiceSignIn>[0] = {}) {
  const bench = await practiceSignIn({ approveAs: 'grace@contoso.com', ...options });
  const session = await startSession({ ...bench.options, way: 'device code', showCode: () => {} });
  return { ...bench, session };
}

test('a token is kept while it is good', async () => {
  const { session, clock, polls } = await signedIn();
  const first = await session.token();
  clock.advance(hour / 2);
  expect((await session.token()).reveal()).toBe(first.reveal());
  expect(polls()).toBe(1);
});

test('a token near its end is renewed without asking anybody', async () => {
  const { session, clock, polls, tenant } = await signedIn();
  const first = await session.token();
  clock.advance(2 * hour);
  const second = await session.token();
  expect(second.reveal()).not.toBe(first.reveal());
  expect((await session.token()).reveal()).toBe(second.reveal());
  expect(polls()).toBe(2);
  expect(tenant.state.deviceCodes).toHaveLength(1);
});

test('a session can be renewed again and again', async () => {
  const { session, clock, polls } = await signedIn();
  const seen = new Set<string>();
  for (let hours = 0; hours < 5; hours += 1) {
    seen.add((await session.token()).reveal());
    clock.advance(2 * hour);
  }
  expect(seen.size).toBe(5);
  expect(polls()).toBe(5);
});

test('two callers in need of a new token cause one renewal', async () => {
  const { session, clock, polls } = await signedIn();
  clock.advance(2 * hour);
  const [one, two] = await Promise.all([session.token(), session.token()]);
  expect(one.reveal()).toBe(two.reveal());
  expect(polls()).toBe(2);
});

test('a renewal survives a service that is busy for a moment', async () => {
  const { session, clock, tenant } = await signedIn();
  const answer = { kind: 'status', status: 503, body: {} } as const;
  tenant.state.faults.rules = [{ path: /\/v2\.0\/token\b/, nth: [1, 2], answer }];
  clock.advance(2 * hour);
  await expect(session.token()).resolves.toBeDefined();
});

test('a renewal after a refused one is asked for again', async () => {
  const { session, clock, tenant } = await signedIn();
  const answer = { kind: 'status', status: 503, body: {} } as const;
  tenant.state.faults.rules = [{ path: /\/v2\.0\/token\b/, answer }];
  clock.advance(2 * hour);
  await expect(session.token()).rejects.toMatchObject({ name: 'Failure', status: 503 });
  tenant.state.faults.rules = [];
  await expect(session.token()).resolves.toBeDefined();
});

test('a refresh token that Entra no longer takes is a refusal with a code', async () => {
  const { session, clock, tenant } = await signedIn();
  tenant.state.refreshTokens.clear();
  clock.advance(2 * hour);
  await expect(session.token()).rejects.toMatchObject({
    name: 'Failure',
    code: expect.stringMatching(/^AADSTS/),
    doing: 'renew the sign-in',
  });
});

test('a renewed token of another tenant is refused', async () => {
  const { session, clock, tenant } = await signedIn();
  const foreign = '99999999-9999-4999-a999-999999999999';
  const answer = { kind: 'status', status: 200, body: forgedAnswer({ tid: foreign }) } as const;
  tenant.state.faults.rules = [{ path: /\/v2\.0\/token\b/, answer }];
  clock.advance(2 * hour);
  await expect(session.token()).rejects.toMatchObject({ code: 'TA-WRONG-TENANT' });
});

test('after signing out there is no token, and none is asked for', async () => {
  const { session, clock, polls } = await signedIn();
  session.signOut();
  clock.advance(2 * hour);
  await expect(session.token()).rejects.toMatchObject({ name: 'Failure', code: 'TA-SIGNED-OUT' });
  expect(polls()).toBe(1);
});

test('signing out while a renewal is under way leaves no token behind', async () => {
  const { session, clock } = await signedIn();
  clock.advance(2 * hour);
  const renewal = session.token();
  session.signOut();
  await expect(renewal).rejects.toMatchObject({ name: 'Failure' });
  await expect(session.token()).rejects.toMatchObject({ code: 'TA-SIGNED-OUT' });
});

test('an admin of another tenant is refused, both tenants named', async () => {
  const other = createPracticeTenant({ seed: 'fabrikam', approveAs: 'grace@contoso.com', lagFactor: 0 });
  const body = await tokensOf(other);
  const bench = await practiceSignIn({
    faults: [{ path: /\/v2\.0\/token\b/, answer: { kind: 'status', status: 200, body } }],
  });
  const waiting = startSession({ ...bench.options, way: 'device code', showCode: () => {} });
  const asked = bench.options.tenant;
  const found = other.state.organization.id;
  expect(found).not.toBe(asked);
  await expect(waiting).rejects.toMatchObject({
    code: 'TA-WRONG-TENANT',
    message: expect.stringMatching(new RegExp(`${found}.*${asked}|${asked}.*${found}`)),
  });
});

test('permissions that were not consented to are named', async () => {
  const bench = await practiceSignIn();
  const tid = bench.options.tenant;
  const body = forgedAnswer({
    tid,
    scp: 'Application.ReadWrite.All Directory.Read.All Organization.Read.All',
  });
  bench.tenant.state.faults.rules = [
    { path: /\/v2\.0\/token\b/, answer: { kind: 'status', status: 200, body } },
  ];
  const waiting = startSession({ ...bench.options, way: 'device code', showCode: () => {} });
  await expect(waiting).rejects.toMatchObject({
    code: 'TA-MISSING-SCOPES',
    message: expect.stringContaining('AppRoleAssignment.ReadWrite.All, Policy.Read.All'),
  });
});

test('a token that is not of a person is refused', async () => {
  const bench = await practiceSignIn();
  const body = { token_type: 'Bearer', expires_in: 3599, access_token: 'opaque' };
  bench.tenant.state.faults.rules = [
    { path: /\/v2\.0\/token\b/, answer: { kind: 'status', status: 200, body } },
  ];
  const waiting = startSession({ ...bench.options, way: 'device code', showCode: () => {} });
  await expect(waiting).rejects.toMatchObject({ code: 'TA-ODD-TOKEN' });
});

/** Signs somebody in to a practice tenant in process, and gives the token endpoint's answer. */
async function tokensOf(tenant: ReturnType<typeof createPracticeTenant>): Promise<unknown> {
  const login = `https://login.microsoftonline.com/${tenant.state.organization.id}/oauth2/v2.0`;
  const client_id = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
  const scope = 'https://graph.microsoft.com/Directory.Read.All openid profile offline_access';
  const post = (path: string, form: Record<string, string>) =>
    tenant.fetch(new Request(`${login}/${path}`, { method: 'POST', body: new URLSearchParams(form) }));
  await post('devicecode', { client_id, scope });
  const device_code = tenant.state.deviceCodes[0]?.deviceCode ?? '';
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  const answer = await post('token', { client_id, grant_type, device_code, client_info: '1' });
  return await answer.json();
}

test('a session outlives the run that signed in, also one that was stopped', async () => {
  const run = new AbortController();
  const { options, clock } = await practiceSignIn({ approveAs: 'grace@contoso.com' });
  const session = await startSession({
    ...options,
    way: 'device code',
    showCode: () => {},
    signal: run.signal,
  });
  run.abort();
  clock.advance(2 * hour);
  await expect(session.token()).resolves.toBeDefined();
});

test('a kept session goes on elsewhere without asking anybody, and can be renewed there', async () => {
  const { session, options, clock, tenant } = await signedIn();
  clock.advance(20 * hour);
  const next = await continueSignIn(options, session.keep());
  expect(next).toMatchObject({ admin: session.admin, tenantId: session.tenantId, way: 'device code' });
  const first = await next.token();
  clock.advance(2 * hour);
  expect((await next.token()).reveal()).not.toBe(first.reveal());
  expect(tenant.state.deviceCodes).toHaveLength(1);
});

test('a kept session of which Entra knows nothing any more is a refusal', async () => {
  const { session, options, tenant } = await signedIn();
  tenant.state.refreshTokens.clear();
  await expect(continueSignIn(options, session.keep())).rejects.toMatchObject({
    name: 'Failure',
    code: expect.stringMatching(/^AADSTS/),
  });
});

test.each(['', '{}', '{"way":"browser","cache":"{}"}', '{"way":"browser","cache":"no JSON"}'])(
  'what was kept as %j signs nobody in',
  async (text) => {
    const { options } = await practiceSignIn();
    await expect(continueSignIn(options, new Secret(text))).rejects.toMatchObject({
      name: 'Failure',
      advice: { next: expect.saying('Sign in again') },
    });
  },
);

test('a session that was signed out has nothing left to keep', async () => {
  const { session, options } = await signedIn();
  session.signOut();
  await expect(continueSignIn(options, session.keep())).rejects.toMatchObject({ code: 'TA-SIGNED-OUT' });
});
