import { expect, test } from 'vitest';
import type { OpenBrowser } from '../../../src/core/ports.ts';
import { type SignInOptions, startSession } from '../../../src/core/sign-in/sign-in.ts';
import { browseSignIn, type Choice } from '../../support/login-browser.ts';
import { practiceSignIn } from '../../support/practice-sign-in.ts';

type Bench = Awaited<ReturnType<typeof practiceSignIn>>;

/** A browser in which a person of the tenant makes a choice. `visited` are the URLs it was opened with, `shown` the last page. */
function browserOf({ tenant, served }: Bench, action: Choice['action'], name = 'grace@contoso.com') {
  const visited: string[] = [];
  const shown: string[] = [];
  const person = tenant.state.people.find(({ userPrincipalName }) => userPrincipalName === name)?.id ?? name;
  const openBrowser: OpenBrowser = async (url) => {
    visited.push(url);
    shown.push(await browseSignIn(served.port, url, { action, person }));
  };
  return { visited, shown, openBrowser };
}

function byBrowser({ options }: Bench, openBrowser: OpenBrowser, extra: Partial<SignInOptions> = {}) {
  return startSession({ ...options, ...extra, way: 'browser', openBrowser });
}

/** Opens nothing, as if the person never came back; keeps the port that waits. */
function deafBrowser() {
  const opened = Promise.withResolvers<string>();
  const openBrowser: OpenBrowser = async (url) => {
    opened.resolve(new URL(url).searchParams.get('redirect_uri') ?? '');
  };
  return { openBrowser, redirectUri: opened.promise };
}

async function expectClosed(redirectUri: string): Promise<void> {
  const { port } = new URL(redirectUri);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
}

test('an admin signs in by browser', async () => {
  const bench = await practiceSignIn();
  const { visited, shown, openBrowser } = browserOf(bench, 'approve');
  const session = await byBrowser(bench, openBrowser);
  expect(session).toMatchObject({
    way: 'browser',
    tenantId: bench.options.tenant,
    admin: { userPrincipalName: 'grace@contoso.com' },
  });
  expect(shown[0]).toContain('You are signed in.');
  const url = new URL(visited[0] ?? '');
  expect(url.pathname).toBe(`/${bench.options.tenant}/oauth2/v2.0/authorize`);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    prompt: 'select_account',
    code_challenge_method: 'S256',
    response_mode: 'form_post',
  });
  const back = url.searchParams.get('redirect_uri') ?? '';
  expect(back).toMatch(/^http:\/\/localhost:\d+$/);
  await expectClosed(back);
});

test('the browser is the way in where device codes are blocked', async () => {
  const bench = await practiceSignIn({ scenarios: ['device-code-blocked'], approveAs: 'grace@contoso.com' });
  const byCode = startSession({ ...bench.options, way: 'device code', showCode: () => {} });
  await expect(byCode).rejects.toMatchObject({ code: 'AADSTS53003' });
  const session = await byBrowser(bench, browserOf(bench, 'approve').openBrowser);
  expect(session.admin.userPrincipalName).toBe('grace@contoso.com');
});

test('a session made by browser is renewed without one', async () => {
  const bench = await practiceSignIn();
  const { visited, openBrowser } = browserOf(bench, 'approve');
  const session = await byBrowser(bench, openBrowser);
  const first = await session.token();
  bench.clock.advance(2 * 3_600_000);
  expect((await session.token()).reveal()).not.toBe(first.reveal());
  expect(visited).toHaveLength(1);
});

test('an admin who declines in the browser ends the sign-in, with the reason', async () => {
  const bench = await practiceSignIn();
  const { shown, openBrowser } = browserOf(bench, 'decline');
  await expect(byBrowser(bench, openBrowser)).rejects.toMatchObject({
    name: 'Failure',
    code: 'AADSTS65004',
    message: 'Microsoft Entra refused the sign-in in the browser.',
    status: undefined,
    detail: expect.stringContaining('declined'),
  });
  expect(shown[0]).toContain('did not work');
});

test('a person who may not consent is told to find an admin', async () => {
  const bench = await practiceSignIn();
  const { openBrowser } = browserOf(bench, 'approve', 'uwe@contoso.com');
  await expect(byBrowser(bench, openBrowser)).rejects.toMatchObject({
    code: 'AADSTS90094',
    advice: {
      who: expect.stringMatching(/admin/i),
      next: expect.saying(/Leave "Consent on behalf of your organization" unticked/),
    },
  });
});

test('a browser that nobody comes back from is not waited for without end', async () => {
  const bench = await practiceSignIn();
  const { openBrowser, redirectUri } = deafBrowser();
  await expect(byBrowser(bench, openBrowser, { browserMs: 300 })).rejects.toMatchObject({
    code: 'TA-BROWSER-SILENT',
  });
  await expectClosed(await redirectUri);
});

test('cancelling ends the wait for the browser at once, and closes the port', async () => {
  const bench = await practiceSignIn();
  const { openBrowser, redirectUri } = deafBrowser();
  const controller = new AbortController();
  const waiting = byBrowser(bench, openBrowser, { signal: controller.signal });
  const port = redirectUri.then((uri) => {
    setImmediate(() => controller.abort());
    return uri;
  });
  await expect(waiting).rejects.toMatchObject({ name: 'Failure', code: 'TA-CANCELLED' });
  await expectClosed(await port);
});

test('cancelling does not wait for a face that still asks whether to open the browser', async () => {
  const bench = await practiceSignIn();
  const controller = new AbortController();
  const opened = Promise.withResolvers<string>();
  const openBrowser: OpenBrowser = (url) => {
    opened.resolve(new URL(url).searchParams.get('redirect_uri') ?? '');
    setImmediate(() => controller.abort());
    return new Promise(() => {});
  };
  const waiting = byBrowser(bench, openBrowser, { signal: controller.signal });
  await expect(waiting).rejects.toMatchObject({ code: 'TA-CANCELLED' });
  await expectClosed(await opened.promise);
});

test('a browser that cannot be opened says so, and closes the port', async () => {
  const bench = await practiceSignIn();
  let redirectUri = '';
  const openBrowser: OpenBrowser = async (url) => {
    redirectUri = new URL(url).searchParams.get('redirect_uri') ?? '';
    throw new Error('spawn xdg-open ENOENT');
  };
  await expect(byBrowser(bench, openBrowser)).rejects.toMatchObject({
    code: 'TA-NO-BROWSER',
    advice: { next: expect.saying('device code') },
  });
  await expectClosed(redirectUri);
});

test('what another page posts to the waiting port changes nothing', async () => {
  const bench = await practiceSignIn();
  const real = browserOf(bench, 'approve');
  const answers: number[] = [];
  const openBrowser: OpenBrowser = async (url) => {
    const redirectUri = new URL(url).searchParams.get('redirect_uri') ?? '';
    const forged = new URLSearchParams({ code: 'stolen', state: 'guessed' });
    answers.push((await fetch(redirectUri, { method: 'POST', body: forged })).status);
    await real.openBrowser(url);
  };
  const session = await byBrowser(bench, openBrowser);
  expect(answers).toEqual([400]);
  expect(session.admin.userPrincipalName).toBe('grace@contoso.com');
});

test('an authorization code whose answer is lost is not redeemed twice', async () => {
  const bench = await practiceSignIn({
    faults: [{ path: /\/v2\.0\/token\b/, nth: 1, answer: { kind: 'reset-after' } }],
  });
  const { openBrowser } = browserOf(bench, 'approve');
  await expect(byBrowser(bench, openBrowser)).rejects.toMatchObject({ code: 'TA-NO-ANSWER' });
  expect(bench.polls()).toBe(1);
});

test('neither code nor verifier nor token is in the log', async () => {
  const bench = await practiceSignIn();
  const session = await byBrowser(bench, browserOf(bench, 'approve').openBrowser);
  const text = bench.lines.join('\n');
  const secrets = [
    (await session.token()).reveal(),
    ...bench.tenant.state.refreshTokens.keys(),
    ...bench.tenant.state.authorizationCodes.map(({ code }) => code),
  ];
  expect(secrets).toHaveLength(3);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(text).toContain('waiting for the browser');
});
