import { expect, test, vi } from 'vitest';
import type { FaultAnswer, FaultRule } from '../../src/practice/faults.ts';
import { fileOf } from '../support/mail-tenant.ts';
import { type Onboarding, onboarding } from '../support/onboarding.ts';
import { filesOf } from '../support/sending-tenant.ts';

/** A whole set-up for every row. */
vi.setConfig({ testTimeout: 60_000 });

const answer = (status: number, headers = {}): FaultAnswer => ({
  kind: 'status',
  status,
  headers,
  body: { error: { code: 'ServiceUnavailable', message: 'For the test.' } },
});
const toldMs = 20_000;
const comeLater = answer(503, { 'Retry-After': String(toldMs / 1000) });

const outlook = 'outlook.office.com';
const at: Record<string, FaultRule> = {
  'the tenant is found': { path: /openid-configuration$/, nth: 1, answer: comeLater },
  'the tenant is looked at': { path: '/v1.0/$batch', nth: 1, answer: comeLater },
  'the application is registered': {
    method: 'PATCH',
    path: '/v1.0/applications(',
    nth: 1,
    answer: comeLater,
  },
  'the service principal is added': {
    method: 'PATCH',
    path: '/v1.0/servicePrincipals(',
    nth: 1,
    answer: comeLater,
  },
  'grants and secret are made': { path: '/v1.0/$batch', nth: 2, answer: comeLater },
  'a grant is made': { path: /appRoleAssignedTo$/, nth: 2, answer: comeLater },
  'the secret is made': { path: /addPassword$/, nth: 1, answer: comeLater },
  // The first is the admin's sign-in.
  'the secret is proved': { path: /oauth2\/v2\.0\/token$/, nth: 2, answer: comeLater },
  'the draft is made': { method: 'POST', path: /\/messages$/, nth: 1, answer: comeLater },
  'a file is attached': { method: 'POST', path: /\/attachments$/, nth: 1, answer: comeLater },
  'an upload session is opened': { method: 'POST', path: /createUploadSession$/i, nth: 1, answer: comeLater },
  'the first part is sent': { method: 'PUT', host: outlook, nth: 1, answer: comeLater },
  'a later part is sent': { method: 'PUT', host: outlook, nth: 2, answer: comeLater },
  'the mail is sent': { method: 'POST', path: /\/send$/, nth: 1, answer: comeLater },
};

async function withMail(rule: FaultRule): Promise<Onboarding> {
  const story = await onboarding({ faults: [rule] });
  const attachments = await filesOf({ 'small.txt': fileOf(100), 'big.bin': fileOf(8 * 1024 * 1024) });
  story.mail = { to: ['robin@contoso.com'], subject: 'x', body: 'y', code: 'TA-7K3Q-9F', attachments };
  return story;
}

/** When the struck requests came, and every request after them. */
function timesIn({ state }: Onboarding, status: number): { struck: number[]; all: number[] } {
  const struck = state.requests.filter((request) => request.status === status).map(({ at: when }) => when);
  return { struck, all: state.requests.map(({ at: when }) => when) };
}

test.each(Object.keys(at))('nothing is asked earlier than told when %s', async (what) => {
  const rule = at[what];
  if (!rule) throw new Error(what);
  const story = await withMail(rule);
  const { failure, done } = await story.run();
  expect(failure).toBeUndefined();
  expect(done?.verification?.receipt.inSentItems).toBe(true);
  const { struck, all } = timesIn(story, 503);
  expect(struck).toHaveLength(1);
  const [when = 0] = struck;
  const [again = 0] = all.filter((each) => each > when);
  expect(again - when).toBeGreaterThanOrEqual(toldMs);
});

test.each([
  ['a server error', answer(500)],
  ['a busy service', answer(503)],
  ['a reset', { kind: 'reset-before' } as const],
])(
  'a part of an upload that meets %s for ever is sent ever less often, and at last given up',
  async (_what, fault) => {
    const story = await withMail({ method: 'PUT', host: outlook, answer: fault });
    expect((await story.run()).failure).toMatchObject({ code: 'TA-UPLOAD-STUCK' });
    const puts = story.state.requests.filter(({ method }) => method === 'PUT').map(({ at: when }) => when);
    const gaps = puts.slice(1).map((when, index) => when - (puts[index] ?? 0));
    expect(gaps.length).toBeGreaterThanOrEqual(3);
    expect(gaps[0]).toBeGreaterThanOrEqual(1000);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
  },
);

test('nothing is asked earlier than told when an application whose answer was lost is read back', async () => {
  const busy = answer(503, { 'Retry-After': String(toldMs / 1000) });
  const story = await onboarding({
    faults: [
      { method: 'PATCH', path: '/v1.0/applications(', nth: 1, answer: { kind: 'reset-after' } },
      { method: 'GET', path: '/v1.0/applications(', nth: [1, 2, 3, 4, 5], answer: busy },
    ],
  });
  expect((await story.run()).failure).toBeUndefined();
  const { struck, all } = timesIn(story, 503);
  expect(struck).toHaveLength(5);
  const pauses = struck.map((when) => Math.min(...all.filter((each) => each > when)) - when);
  expect(pauses.filter((ms) => ms < toldMs)).toEqual([]);
});
