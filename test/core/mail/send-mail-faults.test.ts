import { expect, test } from 'vitest';
import { rangeBytes } from '../../../src/core/mail/limits.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import type { FaultAnswer } from '../../../src/practice/faults.ts';
import { expectAttachments, expectHonest } from '../../support/mail-outcome.ts';
import { fileOf, mailboxOf, personOf } from '../../support/mail-tenant.ts';
import { code, filesOf, sendingTenant } from '../../support/sending-tenant.ts';

const faults: readonly FaultAnswer[] = [
  { kind: 'reset-before' },
  { kind: 'reset-after' },
  { kind: 'html' },
  { kind: 'truncate' },
  // Good, but not what Microsoft documents, and nothing was done.
  { kind: 'status', status: 200 },
  { kind: 'status', status: 401 },
  { kind: 'status', status: 416 },
  { kind: 'status', status: 429, headers: { 'Retry-After': '2' } },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, headers: { 'Retry-After': '2' } },
  { kind: 'status', status: 504 },
];

test.each(faults)(
  'whichever request meets $kind $status, nobody gets the mail twice or in part',
  async (answer) => {
    const files = { 'small.pdf': fileOf(100), 'large.zip': fileOf(rangeBytes + 1) };
    const attachments = await filesOf(files);
    const requests = 8;
    const tenant = await sendingTenant();
    for (let nth = 1; nth <= requests + 1; nth += 1) {
      tenant.clear([{ nth, answer }]);
      const sending = await tenant.send({ attachments });
      expectHonest(tenant, sending, files, `request ${nth}`);
      expect(tenant.state.requests.length).toBeGreaterThanOrEqual(Math.min(nth, requests));
    }
  },
);

test.each([
  ['draft', 'POST', /\/messages$/],
  ['small attachment', 'POST', /\/attachments$/],
  ['upload session', 'POST', /createuploadsession$/],
  ['part of an upload', 'PUT', /AttachmentSessions/],
  ['sending', 'POST', /\/send$/],
])(
  'a reset, a refusal for the moment or a lost answer at the %s does not stop the mail',
  async (step, method, path) => {
    const files = { 'small.pdf': fileOf(100), 'large.zip': fileOf(rangeBytes + 1) };
    const attachments = await filesOf(files);
    const answers: FaultAnswer[] = [
      { kind: 'reset-after' },
      { kind: 'status', status: 503 },
      { kind: 'status', status: 500 },
    ];
    const tenant = await sendingTenant();
    if (step !== 'sending') answers.push({ kind: 'reset-before' });
    for (const answer of answers) {
      tenant.clear([{ method, path, nth: 1, answer }]);
      const { failure } = await tenant.send({ attachments });
      expect(failure, answer.kind).toBeUndefined();
      expectAttachments(tenant, files);
      expect(tenant.mails('ta', 'drafts')).toEqual([]);
    }
  },
);

test('an answer with a draft in it, but not with the status of a created one, is no proof of a draft', async () => {
  const body = { id: 'AAMkNone', internetMessageId: '<none@contoso.com>' };
  const answer = { kind: 'status', status: 200, body } as const;
  const tenant = await sendingTenant({ faults: [{ method: 'POST', path: /\/messages$/, nth: 1, answer }] });
  expect((await tenant.send()).failure).toBeUndefined();
  expect(tenant.mails('robin', 'inbox')).toHaveLength(1);
});

test('does not send again what may have been sent, keeps the draft, and says where to look', async () => {
  const tenant = await sendingTenant({
    faults: [{ method: 'POST', path: /\/send$/, nth: 1, answer: { kind: 'reset-before' } }],
  });
  const { failure } = await tenant.send();
  expect(failure).toMatchObject({ code: 'TA-MAYBE-SENT', doubt: true, exitCode: 1 });
  expect((failure as Failure).message).toBe(
    `It is not known whether the email ${code} was sent. Microsoft did not confirm it, and the mailbox does not show it.`,
  );
  expect(String((failure as Failure).advice.next)).toContain('Sent Items and Drafts of ta@contoso.com');
  expect(tenant.routes().filter((route) => route.endsWith('/send'))).toHaveLength(1);
  expect(tenant.mails('ta', 'drafts')).toHaveLength(1);
  expect(tenant.mails('robin', 'inbox')).toEqual([]);
});

const lost: FaultAnswer = { kind: 'reset-after' };
const denied: FaultAnswer = {
  kind: 'status',
  status: 403,
  body: { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } },
};

test.each([
  { first: lost, look: lost },
  { first: lost, look: denied },
  { first: { kind: 'status', status: 500 } as const, look: denied },
  { first: { kind: 'status', status: 503 } as const, look: lost },
])(
  'where sending fails ($first.kind) and the look for it too ($look.kind), it is told as unknown',
  async ({ first, look }) => {
    const tenant = await sendingTenant({
      faults: [
        { method: 'POST', path: /\/send$/, nth: 1, answer: first },
        { method: 'GET', path: /\/messages/, answer: look },
      ],
    });
    const { failure } = await tenant.send({}, { patienceMs: 60_000 });
    expect(failure).toMatchObject({ code: 'TA-MAYBE-SENT', doubt: true });
    expect(String(failure)).not.toContain('was not sent');
    expect(tenant.routes().filter((route) => route.endsWith('/send'))).toHaveLength(1);
    expect(tenant.routes().filter((route) => route.startsWith('DELETE'))).toEqual([]);
  },
);

test.each([lost, denied])(
  'where the look for it fails too ($kind), a draft that may be there is told',
  async (answer) => {
    const tenant = await sendingTenant({
      faults: [
        { method: 'POST', path: /\/messages$/, nth: 1, answer: lost },
        { method: 'GET', path: /\/drafts\/messages/, answer },
      ],
    });
    const { failure } = await tenant.send({}, { patienceMs: 60_000 });
    expect(tenant.mails('ta', 'drafts')).toHaveLength(1);
    expect(failure).toMatchObject({ message: expect.stringContaining('Its draft may still be in Drafts') });
  },
);

test('a draft is told as deleted after the answer that Graph documents, not after any other good one', async () => {
  const tenant = await sendingTenant({
    faults: [
      { method: 'POST', path: /\/send$/, nth: 1, answer: denied },
      { method: 'DELETE', path: /\/messages\//, answer: { kind: 'status', status: 200 } },
    ],
  });
  const { failure } = await tenant.send();
  expect(tenant.mails('ta', 'drafts')).toHaveLength(1);
  expect(failure).toMatchObject({ message: expect.stringContaining('Its draft may still be in Drafts') });
});

test('renews the token once when it runs out on the way', async () => {
  const tenant = await sendingTenant({
    faults: [{ method: 'POST', path: /\/send$/, nth: 1, answer: { kind: 'status', status: 401 } }],
  });
  expect((await tenant.send()).failure).toBeUndefined();
  expect(tenant.routes().filter((route) => route.endsWith('/token'))).toHaveLength(2);
});

test('sends in a throttled and in a flaky tenant, or says honestly that it may have', async () => {
  for (const scenario of ['throttled', 'flaky'] as const) {
    const tenant = await sendingTenant({ scenarios: [scenario] });
    const files = { 'small.pdf': fileOf(100), 'large.zip': fileOf(2 * rangeBytes) };
    const attachments = await filesOf(files);
    expectHonest(tenant, await tenant.send({ attachments }), files, scenario);
  }
});

test.each([
  ['Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.', 0],
  ['Access to OData is disabled.', 0],
  ['Access is denied. Check credentials and try again.', 13],
])('a refusal is waited for only where a fresh grant may mend it: %s', async (message, atLeast) => {
  const body = { error: { code: 'ErrorAccessDenied', message } };
  const answer = { kind: 'status', status: 403, body } as const;
  const tenant = await sendingTenant({ faults: [{ method: 'POST', path: /messages$/, answer }] });
  const { failure } = await tenant.send({}, { patienceMs: 5 * 60_000 });
  expect(failure).toMatchObject({ code: 'ErrorAccessDenied' });
  if (atLeast === 0) expect(tenant.clock.waits).toEqual([]);
  else expect(tenant.clock.waits.length).toBeGreaterThanOrEqual(atLeast);
});

test('a sender whose user name is no address of its mailbox: who can mend it, and no way back to where one was', async () => {
  const tenant = await sendingTenant();
  mailboxOf(tenant.state, 'ta').addresses.splice(0, 1, 'ta@new.example');
  const { failure } = await tenant.send();
  expect(failure).toMatchObject({
    code: 'ErrorSendAsDenied',
    advice: { who: 'an Exchange administrator' },
  });
  const next = failure instanceof Failure ? String(failure.advice.next) : '';
  expect(next).toContain('Add the From email address to the mailbox');
});

test('a sender that was renamed after the set-up is looked up by its old name: the advice names both places', async () => {
  const tenant = await sendingTenant();
  Object.assign(personOf(tenant.state, 'ta'), { userPrincipalName: 'time@contoso.com' });
  const { failure } = await tenant.send();
  expect(failure).toMatchObject({ code: 'Request_ResourceNotFound', status: 404 });
  const next = failure instanceof Failure ? String(failure.advice.next) : '';
  expect(next).toMatch(
    /renamed, enter its new user name as From email address in T&A and as "mail\.fromAddress" in the customer file/,
  );
});

test.each([404, 401])(
  'a tenant without Exchange Online is told as that where it answers %i',
  async (status) => {
    const code = 'OrganizationFromTenantGuidNotFound';
    const message = "The tenant for tenant guid '896c757f-09dc-4836-a46d-09a691e4302e' does not exist.";
    const answer = { kind: 'status', status, body: { error: { code, message } } } as const;
    const tenant = await sendingTenant({ faults: [{ method: 'POST', path: /messages$/, answer }] });
    const { failure } = await tenant.send({}, { patienceMs: 5 * 60_000 });
    expect(failure).toMatchObject({
      code,
      advice: { cause: expect.saying('no Exchange Online'), who: "the customer's admin" },
    });
    expect(tenant.clock.waits).toEqual([]);
  },
);

test('a draft that something else changed is not sent and does not stay, and no one is sent to look for it', async () => {
  const body = { error: { code: 'ErrorIrresolvableConflict', message: 'The change key does not match.' } };
  const answer = { kind: 'status', status: 412, body } as const;
  const tenant = await sendingTenant({ faults: [{ method: 'POST', path: /\/send$/, answer }] });
  const { failure } = await tenant.send();
  expect(tenant.mails('ta', 'drafts')).toEqual([]);
  expect(failure).toMatchObject({
    message: expect.stringContaining('was not sent. Its draft was deleted.'),
    advice: { cause: expect.saying('changed the draft'), next: expect.not.saying('Sent Items') },
  });
});
