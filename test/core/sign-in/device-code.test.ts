import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { type SignInOptions, startSession } from '../../../src/core/sign-in/sign-in.ts';
import { say } from '../../../src/core/words/say.ts';
import { clockWith, practiceSignIn, shownCodes } from '../../support/practice-sign-in.ts';

type Prepared = Omit<SignInOptions, 'way' | 'showCode' | 'openBrowser'>;

function byCode(options: Prepared, showCode: ReturnType<typeof shownCodes>['showCode'] = () => {}) {
  return startSession({ ...options, way: 'device code', showCode });
}

test('an admin who approves the code is signed in', async () => {
  const { options, clock } = await practiceSignIn({ approveAs: 'grace@contoso.com' });
  const { prompts, showCode } = shownCodes();
  const start = clock.now();
  const session = await byCode(options, showCode);
  expect(session).toMatchObject({
    tenantId: options.tenant,
    cloud: 'global',
    way: 'device code',
    admin: { userPrincipalName: 'grace@contoso.com', displayName: 'Grace Admin' },
    wids: expect.arrayContaining(['62e90394-69f5-4237-9190-012177145e10']),
  });
  expect(session.scopes).toContain('AppRoleAssignment.ReadWrite.All');
  expect(prompts).toHaveLength(1);
  expect(prompts[0]).toMatchObject({
    userCode: expect.stringMatching(/^[A-Z0-9]{9}$/),
    verificationUri: 'https://microsoft.com/devicelogin',
    expiresAt: start + 900_000,
  });
});

test('Graph accepts the token', async () => {
  const { options, http } = await practiceSignIn({ approveAs: 'grace@contoso.com' });
  const token = await (await byCode(options)).token();
  const answer = await http.send({
    method: 'GET',
    url: 'https://graph.microsoft.com/v1.0/me',
    headers: { Authorization: `Bearer ${token.reveal()}` },
    replay: 'safe',
    doing: say`read the admin`,
    signal: undefined,
  });
  expect(JSON.parse(answer.text)).toMatchObject({ userPrincipalName: 'grace@contoso.com' });
});

test('the wait lasts until the admin has approved', async () => {
  const { options, clock, approve, polls } = await practiceSignIn();
  const { prompts, showCode } = shownCodes();
  const patient = clockWith(clock, (nth) => {
    if (nth === 20) approve(prompts[0]?.userCode ?? '');
  });
  const session = await byCode({ ...options, clock: patient }, showCode);
  expect(session.admin.userPrincipalName).toBe('grace@contoso.com');
  expect(polls()).toBe(21);
  expect(clock.waits).toEqual(Array(20).fill(5_000));
});

test('an admin who declines ends the wait', async () => {
  const { options, clock, tenant } = await practiceSignIn();
  const declining = clockWith(clock, () => {
    for (const code of tenant.state.deviceCodes) code.status = 'declined';
  });
  await expect(byCode({ ...options, clock: declining })).rejects.toMatchObject({
    name: 'Failure',
    code: expect.stringMatching(/authorization_declined|AADSTS70018/),
    advice: { next: expect.saying(/again/i) },
  });
});

test('a code that nobody uses expires, after one last poll', async () => {
  const { options, clock, tenant, polls } = await practiceSignIn();
  const start = clock.now();
  await expect(byCode(options)).rejects.toMatchObject({
    name: 'Failure',
    advice: { next: expect.saying(/again/i) },
  });
  expect(clock.now() - start).toBe(900_000);
  expect(polls()).toBe(181);
  expect(tenant.state.requests.at(-1)?.at).toBe(start + 900_000);
});

test('a login service that never ends the wait is not waited for beyond the code', async () => {
  const unavailable = { kind: 'status', status: 503, body: {} } as const;
  const { options, clock } = await practiceSignIn({
    faults: [{ path: /\/v2\.0\/token\b/, answer: unavailable }],
  });
  const start = clock.now();
  await expect(byCode(options)).rejects.toMatchObject({ code: 'TA-CODE-EXPIRED' });
  expect(clock.now() - start).toBe(900_000);
});

test('an approval while this machine slept past the end still counts', async () => {
  const { options, clock, tenant, approve } = await practiceSignIn();
  const { prompts, showCode } = shownCodes();
  const sleepy = clockWith(clock, (nth) => {
    if (nth > 1) return;
    approve(prompts[0]?.userCode ?? '');
    for (const code of tenant.state.deviceCodes) Object.assign(code, { expiresAt: Number.POSITIVE_INFINITY });
    clock.advance(3_600_000);
  });
  const session = await byCode({ ...options, clock: sleepy }, showCode);
  expect(session.admin.userPrincipalName).toBe('grace@contoso.com');
});

test('Conditional Access that blocks device codes is named with its policy and the other way in', async () => {
  const policy = '0f7b2a44-7a3d-4a75-9f0c-2b3a4c5d6e7f';
  const { options, tenant, clock, approve } = await practiceSignIn();
  tenant.state.deviceCodeBlockedBy = policy;
  const { prompts, showCode } = shownCodes();
  const approving = clockWith(clock, () => approve(prompts[0]?.userCode ?? ''));
  await expect(byCode({ ...options, clock: approving }, showCode)).rejects.toMatchObject({
    name: 'Failure',
    code: 'AADSTS53003',
    status: 400,
    requestId: expect.any(String),
    advice: { cause: expect.saying(policy), next: expect.saying(/browser/i) },
  });
});

const busy = { error: 'temporarily_unavailable' };
const disturbances = {
  'a connection reset before the poll arrives': { kind: 'reset-before' },
  'a connection reset after it': { kind: 'reset-after' },
  'an answer cut in half': { kind: 'truncate' },
  "a proxy's page with status 200": { kind: 'html' },
  "a proxy's page with status 502": {
    kind: 'status',
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<h1>Bad gateway</h1>',
  },
  'HTTP 429': { kind: 'status', status: 429, headers: { 'retry-after': '7' }, body: busy },
  'HTTP 500': { kind: 'status', status: 500, body: busy },
  'HTTP 503 with a time to wait': {
    kind: 'status',
    status: 503,
    headers: { 'retry-after': '30' },
    body: busy,
  },
  'HTTP 504 without a body': { kind: 'status', status: 504 },
  slow_down: { kind: 'status', status: 400, body: { error: 'slow_down' } },
  'a success without a token': { kind: 'status', status: 200, body: {} },
} as const;

test.each(Object.entries(disturbances))('the wait survives %s', async (_name, answer) => {
  const { options, clock, approve, polls } = await practiceSignIn({
    faults: [{ path: /\/v2\.0\/token\b/, nth: [1, 2, 3], answer }],
  });
  const { prompts, showCode } = shownCodes();
  const patient = clockWith(clock, (nth) => {
    if (nth === 4) approve(prompts[0]?.userCode ?? '');
  });
  const session = await byCode({ ...options, clock: patient }, showCode);
  expect(session.admin.userPrincipalName).toBe('grace@contoso.com');
  expect(polls()).toBeGreaterThan(3);
  expect(Math.min(...clock.waits)).toBeGreaterThanOrEqual(1_000);
});

test('slow_down adds five seconds each time, for good', async () => {
  const answer = { kind: 'status', status: 400, body: { error: 'slow_down' } } as const;
  const { options, clock, approve } = await practiceSignIn({
    faults: [{ path: /\/v2\.0\/token\b/, nth: [2, 3], answer }],
  });
  const { prompts, showCode } = shownCodes();
  const patient = clockWith(clock, (nth) => {
    if (nth === 5) approve(prompts[0]?.userCode ?? '');
  });
  await byCode({ ...options, clock: patient }, showCode);
  expect(clock.waits).toEqual([5_000, 10_000, 15_000, 15_000, 15_000]);
});

test('a time to wait that the service names is kept', async () => {
  const answer = { kind: 'status', status: 503, headers: { 'retry-after': '42' }, body: busy } as const;
  const { options, clock, approve } = await practiceSignIn({
    faults: [{ path: /\/v2\.0\/token\b/, nth: 1, answer }],
  });
  const { prompts, showCode } = shownCodes();
  await byCode({ ...options, clock: clockWith(clock, () => approve(prompts[0]?.userCode ?? '')) }, showCode);
  expect(clock.waits).toEqual([42_000]);
});

test('a sign-in whose answer is lost asks for a new one', async () => {
  const { options, polls } = await practiceSignIn({
    approveAs: 'grace@contoso.com',
    faults: [{ path: /\/v2\.0\/token\b/, nth: 1, answer: { kind: 'reset-after' } }],
  });
  await expect(byCode(options)).rejects.toMatchObject({
    name: 'Failure',
    code: 'AADSTS70018',
    advice: { next: expect.saying('new code') },
  });
  expect(polls()).toBe(2);
});

test('neither token nor code is in the log, the session as text, or a failure', async () => {
  const { options, tenant, lines } = await practiceSignIn({ approveAs: 'grace@contoso.com' });
  const { prompts, showCode } = shownCodes();
  const session = await byCode(options, showCode);
  const seen = [
    ...lines,
    JSON.stringify(session),
    inspect(session, { depth: 9 }),
    String(await session.token()),
  ];
  const text = seen.join('\n');
  const secrets = [
    (await session.token()).reveal(),
    prompts[0]?.userCode ?? 'none',
    ...tenant.state.deviceCodes.map(({ deviceCode }) => deviceCode),
    ...tenant.state.refreshTokens.keys(),
  ];
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(lines.length).toBeGreaterThan(0);
});
