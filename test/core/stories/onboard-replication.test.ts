import { expect, test } from 'vitest';
import type { FaultAnswer, FaultRule } from '../../../src/practice/faults.ts';
import { expectFinished } from '../../support/invariants.ts';
import { onboarding } from '../../support/onboarding.ts';

test('finishes in a tenant that takes minutes, with one of each, and says what it waits for', async () => {
  const story = await onboarding({ scenarios: ['slow-replication'] });
  const begun = story.clock.now();
  const { failure, progress } = await story.run();
  expect(failure).toBeUndefined();
  await expectFinished(story);
  const waits = progress.flatMap((step) => (step.kind === 'waiting' ? [step] : []));
  expect(waits.length).toBeGreaterThan(5);
  expect(waits.at(0)?.ms).toBe(100);
  expect(new Set(waits.map(({ reason }) => String(reason).slice(0, 41)))).toEqual(
    new Set(['Waiting until Microsoft Entra knows the n', 'Waiting until Microsoft Entra knows the s']),
  );
  expect(story.clock.now() - begun).toBeGreaterThan(2 * 60_000);
  expect(story.clock.now() - begun).toBeLessThan(10 * 60_000);
});

test('a run right after it, while lists still lag, makes nothing a second time', async () => {
  const story = await onboarding({ scenarios: ['slow-replication'] });
  await story.run();
  expect((await story.run()).failure).toBeUndefined();
  await expectFinished(story);
});

const refusal = (
  status: number,
  message: string,
  code = 'Request_BadRequest',
  details?: unknown,
): FaultAnswer => ({
  kind: 'status',
  status,
  body: { error: { code, message, ...(details ? { details } : {}) } },
});
const oauth = (number: number): FaultAnswer => ({
  kind: 'status',
  status: 401,
  body: {
    error: 'invalid_client',
    error_description: `AADSTS${number}: for the test.`,
    error_codes: [number],
  },
});
const principal = { method: 'PATCH', path: '/v1.0/servicePrincipals(', nth: [1, 2] } as const;
const grant = { method: 'POST', path: /\/appRoleAssignedTo$/, nth: [1, 3] } as const;
/** The first is the admin's sign-in. */
const token = { method: 'POST', path: /\/oauth2\/v2\.0\/token$/, nth: [2, 3] } as const;

const misleading: [string, FaultRule][] = [
  [
    'NoBackingApplicationObject',
    {
      ...principal,
      answer: refusal(400, 'When using this permission, ...', 'Request_BadRequest', [
        { code: 'NoBackingApplicationObject' },
      ]),
    },
  ],
  [
    'the 400 about a valid application object',
    {
      ...principal,
      answer: refusal(
        400,
        "The appId 'x' of the service principal does not reference a valid application object.",
      ),
    },
  ],
  [
    'the 403 about the backing application',
    {
      ...principal,
      answer: refusal(
        403,
        'The backing application of the service principal being created must in the local tenant',
        'Authorization_RequestDenied',
      ),
    },
  ],
  [
    'the 404 of a grant',
    { ...grant, answer: refusal(404, 'Resource does not exist', 'Request_ResourceNotFound') },
  ],
  ['the 400 of a grant', { ...grant, answer: refusal(400, 'Not a valid reference update') }],
  [
    'the 404 of a secret',
    {
      method: 'POST',
      path: /\/addPassword$/,
      nth: 1,
      answer: refusal(404, 'Resource does not exist', 'Request_ResourceNotFound'),
    },
  ],
  ['a secret that the token endpoint does not know', { ...token, answer: oauth(7_000_215) }],
  ['a secret that it takes for expired', { ...token, answer: oauth(7_000_222) }],
  ['an application that it does not know', { ...token, answer: oauth(700_016) }],
  ['a service principal that it does not know', { ...token, answer: oauth(7_000_229) }],
];

test.each(misleading)('waits out %s', async (_what, rule) => {
  const story = await onboarding({ faults: [rule] });
  const { failure, progress } = await story.run();
  expect(failure).toBeUndefined();
  expect(story.struck()).toBeGreaterThan(0);
  expect(progress.some(({ kind }) => kind === 'waiting')).toBe(true);
  await expectFinished(story);
});

test('gives up after ten minutes where the tenant never knows the new objects, and finishes later', async () => {
  const story = await onboarding({ lagFactor: 5000 });
  const begun = story.clock.now();
  expect((await story.run()).failure).toMatchObject({
    code: 'TA-NOT-REPLICATED',
    message: expect.stringContaining('Created so far: the application'),
  });
  expect((story.clock.now() - begun) / 60_000).toBeLessThan(11);
  story.state.lag.factor = 1;
  expect((await story.run()).failure).toBeUndefined();
  await expectFinished(story);
});

test('gives up after ten minutes where the secret is never accepted, keeps it, and finishes later', async () => {
  const story = await onboarding();
  const { failure } = await story.run({}, ({ kind }) => {
    if (kind === 'signed in')
      story.state.faults.rules = [
        { method: 'POST', path: /\/oauth2\/v2\.0\/token$/, answer: oauth(7_000_215) },
      ];
  });
  expect(failure).toMatchObject({
    code: 'TA-NOT-PROVED',
    message: expect.stringContaining('The preferences file contoso.ta-email.json is written.'),
  });
  const kept = await story.clientSecret();
  story.state.faults.rules = [];
  expect((await story.run()).failure).toBeUndefined();
  await expectFinished(story);
  expect(await story.clientSecret()).toBe(kept);
});

test('proves anew what was granted anew', async () => {
  const story = await onboarding();
  await story.run();
  story.state.grants.pop();
  story.clock.advance(60_000);
  const { progress, failure } = await story.run();
  expect(failure).toBeUndefined();
  expect(progress.at(-1)).toMatchObject({ kind: 'proved' });
  await expectFinished(story);
});
