import { expect, test } from 'vitest';
import { type CloudName, clouds } from '../../../src/core/cloud/clouds.ts';
import { trustedUrl } from '../../../src/core/cloud/trusted-url.ts';
import { startSession } from '../../../src/core/sign-in/sign-in.ts';
import { say } from '../../../src/core/words/say.ts';
import { practiceSignIn, shownCodes } from '../../support/practice-sign-in.ts';

const good = {
  user_code: 'FJK2ABCDE',
  device_code: 'FAQABAAEAAAA',
  verification_uri: 'https://microsoft.com/devicelogin',
  expires_in: 900,
  interval: 5,
  message: 'To sign in, open https://evil.example/ and enter the code.',
};

/** Signs in where the login host answers the request for a device code with this. */
async function answered(body: unknown, status = 200) {
  const bench = await practiceSignIn({
    faults: [{ path: /\/devicecode$/, answer: { kind: 'status', status, body } }],
  });
  const { prompts, showCode } = shownCodes();
  const failure: unknown = await startSession({ ...bench.options, way: 'device code', showCode }).catch(
    (error: unknown) => error,
  );
  return { failure, prompts, polls: bench.polls() };
}

test.each([
  'https://evil.example/device',
  'https://microsoft.com.evil.example/devicelogin',
  'https://evil-microsoft.com/devicelogin',
  'http://microsoft.com/devicelogin',
  'https://microsoft.com:8443/devicelogin',
  'https://microsoft.com@evil.example/devicelogin',
  'https://evil.example#https://microsoft.com/devicelogin',
  'javascript:alert(1)',
  'https:microsoft.com',
  '',
])('a code whose page is %j is not shown', async (verification_uri) => {
  const { failure, prompts, polls } = await answered({ ...good, verification_uri });
  expect(failure).toMatchObject({ name: 'Failure', code: 'TA-UNTRUSTED-HOST' });
  expect(prompts).toEqual([]);
  expect(polls).toBe(0);
});

/** As public captures and MSAL's tests have them. */
const genuine: Readonly<Record<CloudName, readonly string[]>> = {
  global: [
    'https://microsoft.com/devicelogin',
    'https://www.microsoft.com/link',
    'https://login.microsoft.com/device',
    'https://login.microsoftonline.com/common/oauth2/deviceauth',
  ],
  usgov: ['https://microsoft.com/deviceloginus', 'https://login.microsoftonline.us/common/oauth2/deviceauth'],
  usgovdod: [
    'https://microsoft.com/deviceloginus',
    'https://login.microsoftonline.us/common/oauth2/deviceauth',
  ],
  china: [
    'https://microsoft.com/deviceloginchina',
    'https://login.partner.microsoftonline.cn/common/oauth2/deviceauth',
  ],
};

test.each(Object.entries(genuine))(
  'in %s a code is shown for each page that Microsoft has',
  (name, pages) => {
    const { verificationHosts } = clouds[name as CloudName];
    for (const page of pages) expect(trustedUrl(say`The page`, page, verificationHosts).href).toBe(page);
    for (const [other, theirs] of Object.entries(genuine))
      for (const page of theirs.filter((each) => /login\.[a-z.]+\/common/.test(each)))
        if (other !== name && !pages.includes(page))
          expect(() => trustedUrl(say`The page`, page, verificationHosts)).toThrow(/points to/);
  },
);

test.each([
  ['no code', { ...good, user_code: undefined }],
  ['terminal escapes for a code', { ...good, user_code: '\u001b]52;c;ZXZpbA==\u0007' }],
  ['no device code', { ...good, device_code: '' }],
  ['no life', { ...good, expires_in: 0 }],
  ['a life of years', { ...good, expires_in: 1e9 }],
  ['a list', []],
])('an answer with %s is a failure, and nothing is shown', async (_name, body) => {
  const { failure, prompts, polls } = await answered(body);
  expect(failure).toMatchObject({ name: 'Failure', code: 'TA-ODD-ANSWER' });
  expect(prompts).toEqual([]);
  expect(polls).toBe(0);
});

test('a refused request for a code keeps its code, words and request id', async () => {
  const body = {
    error: 'unauthorized_client',
    error_description:
      "AADSTS700016: Application with identifier 'x' was not found in the directory 'Contoso'. Trace ID: 1b5b Correlation ID: 2b7c Timestamp: 2026-11-23 22:00:00Z",
    error_codes: [700016],
    trace_id: '1b5b0000-0000-4000-a000-000000000000',
  };
  const { failure, prompts, polls } = await answered(body, 400);
  expect(failure).toMatchObject({
    name: 'Failure',
    code: 'AADSTS700016',
    status: 400,
    requestId: '1b5b0000-0000-4000-a000-000000000000',
    detail: expect.stringContaining('was not found in the directory'),
  });
  expect(prompts).toEqual([]);
  expect(polls).toBe(0);
});

test('a client that the tenant does not know is refused by Entra itself', async () => {
  const { options } = await practiceSignIn();
  const { prompts, showCode } = shownCodes();
  const clientId = '5c7a1f0e-93a5-4f5e-8a0f-6d2f0d1f7a11';
  const waiting = startSession({ ...options, clientId, way: 'device code', showCode });
  await expect(waiting).rejects.toMatchObject({ name: 'Failure', code: 'AADSTS700016' });
  expect(prompts).toEqual([]);
});
