import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { type SignInOptions, startSession } from '../../../src/core/sign-in/sign-in.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import { findPerson } from '../../../src/practice/people.ts';
import { browseSignIn } from '../../support/login-browser.ts';
import { practiceSignIn } from '../../support/practice-sign-in.ts';

test('where a policy refuses the code, the same sign-in continues by browser once the person agrees', async () => {
  const bench = await practiceSignIn({ scenarios: ['device-code-blocked'], approveAs: 'grace@contoso.com' });
  const person = findPerson(bench.tenant.state, 'grace@contoso.com')?.id ?? '';
  const openBrowser = async (url: string) => {
    await browseSignIn(bench.served.port, url, { action: 'approve', person });
  };
  const offered: string[] = [];
  const offerBrowser = async ({ code }: { code: string }) => offered.push(code) > 0;
  const session = await startSession({
    ...bench.options,
    way: 'device code',
    showCode: () => {},
    otherwise: { offerBrowser, openBrowser },
  });
  expect(session).toMatchObject({ way: 'browser', admin: { userPrincipalName: 'grace@contoso.com' } });
  expect(offered).toEqual(['AADSTS53003']);
});

/** What became of a sign-in by code whose token Entra refuses with this number; `offered`: the browser was offered, and not taken. */
async function refusedWith(number: number, more: Partial<SignInOptions> = {}) {
  const body = { error: 'invalid_grant', error_codes: [number], error_description: `AADSTS${number}: no.` };
  const bench = await practiceSignIn({
    faults: [{ path: /\/v2\.0\/token\b/, answer: { kind: 'status', status: 400, body } }],
  });
  let offered = false;
  const otherwise = {
    openBrowser: async () => {},
    offerBrowser: async () => {
      offered = true;
      return false;
    },
  };
  const failure: unknown = await startSession({
    ...bench.options,
    ...more,
    way: 'device code',
    showCode: () => {},
    otherwise,
  }).catch((cause: unknown) => cause);
  if (!(failure instanceof Failure)) throw failure;
  return { failure, offered };
}

test.each([53003, 50199, 53000, 53001, 53002, 50005, 50097, 530035, 50072, 50076, 50079, 50158])(
  'AADSTS%i offers the browser, and without it stays what it was',
  async (number) => {
    const { failure, offered } = await refusedWith(number);
    expect(offered).toBe(true);
    expect(failure.code).toBe(`AADSTS${number}`);
    expect(String(failure.advice.next)).toMatch(/browser/);
  },
);

test.each([50126, 90072, 50020, 700016])('AADSTS%i is no case for the browser', async (number) => {
  expect((await refusedWith(number)).offered).toBe(false);
});

test.each([
  [7000112, /application that you sign in with is disabled.* with Microsoft Graph Command Line Tools\./],
  [500014, /service that you sign in to is disabled.* sign in to Microsoft Graph with/],
  [700016, /does not have the application that you sign in with.* Microsoft Graph Command Line Tools\./],
  [50105, /Microsoft Graph Command Line Tools/],
])('AADSTS%i names the application or the service of the sign-in', async (number, words) => {
  expect(String((await refusedWith(number)).failure.advice.cause)).toMatch(words);
});

test("an application of the person's own is named by its client id", async () => {
  const clientId = '5f0b7c1e-3c33-4b55-9f3c-0d5a6f1f2a10';
  const { failure } = await refusedWith(7000112, { clientId });
  expect(String(failure.advice.cause)).toContain(clientId);
});

test("in China an application of the person's own is asked for before anything is sent", async () => {
  const bench = await practiceSignIn();
  const asked = startSession({
    ...bench.options,
    cloud: clouds.china,
    way: 'device code',
    showCode: () => {},
  });
  await expect(asked).rejects.toMatchObject({
    code: 'TA-CLIENT-NEEDED',
    advice: { next: expect.saying('--sign-in-client-id') },
  });
  expect(bench.tenant.state.requests).toEqual([]);
});
