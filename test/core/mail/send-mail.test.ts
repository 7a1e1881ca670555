import { appendFile } from 'node:fs/promises';
import { beforeEach, expect, test, vi } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { rangeBytes } from '../../../src/core/mail/limits.ts';
import { sendMail } from '../../../src/core/mail/send-mail.ts';
import { endpointsOf } from '../../../src/core/preferences/endpoints.ts';
import type { Failure } from '../../../src/core/words/failure.ts';
import { errorFrom } from '../../support/error-from.ts';
import { expectAttachments } from '../../support/mail-outcome.ts';
import { fileOf } from '../../support/mail-tenant.ts';
import { code, filesOf, sendingTenant } from '../../support/sending-tenant.ts';

beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));

const mb3 = 3_000_000;

test('sends a plain mail in the order of T&A, and says what it does', async () => {
  const tenant = await sendingTenant();
  const { sent, progress, failure } = await tenant.send();
  expect(failure).toBeUndefined();
  const draftId = /messages\/([^/]+)\/send/.exec(tenant.routes().at(-1) ?? '')?.[1];
  expect(tenant.routes()).toEqual([
    `POST /${tenant.state.organization.id}/oauth2/v2.0/token`,
    'GET /v1.0/users/ta%40contoso.com',
    `POST /v1.0/users/${sent?.userId}/messages`,
    `POST /v1.0/users/${sent?.userId}/messages/${draftId}/send`,
  ]);
  expect(progress.map(({ step, state }) => `${step} ${state}`)).toEqual(
    ['token', 'user', 'draft', 'send'].flatMap((step) => [`${step} started`, `${step} done`]),
  );
  expect(progress.at(-1)).toMatchObject({ status: 202, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

test('carries the receipt code in subject, text and header, and the sender as T&A gives it', async () => {
  const tenant = await sendingTenant();
  const { sent } = await tenant.send({ body: '1 < 2 & "x"\nsecond line', cc: ['payroll@contoso.com'] });
  const [mail] = tenant.mails('robin', 'inbox');
  expect(mail?.graph).toMatchObject({
    internetMessageId: sent?.internetMessageId,
    subject: `Hours of week 48 [${code}]`,
    body: { content: expect.stringContaining('<p>1 &lt; 2 &amp; &quot;x&quot;<br>second line</p>') },
    from: { emailAddress: { address: 'ta@contoso.com' } },
    internetMessageHeaders: expect.arrayContaining([{ name: 'x-ta-receipt', value: code }]),
  });
  expect(tenant.mails('payroll', 'inbox')).toHaveLength(1);
  expect(tenant.mails('ta', 'sentitems')).toHaveLength(1);
  expect(sent).toMatchObject({
    from: 'ta@contoso.com',
    to: ['robin@contoso.com'],
    cc: ['payroll@contoso.com'],
    code,
  });
});

test('delivers attachments of every size to the byte', async () => {
  const tenant = await sendingTenant();
  const files = {
    'empty.txt': fileOf(0),
    'one.txt': fileOf(1),
    'small.pdf': fileOf(mb3),
    'large.pdf': fileOf(mb3 + 1),
    'larger.zip': fileOf(10 * 1024 * 1024),
  };
  const { sent, failure, progress } = await tenant.send({ attachments: await filesOf(files) });
  expect(failure).toBeUndefined();
  expectAttachments(tenant, files);
  expect(sent?.attachments).toEqual(
    Object.entries(files).map(([name, { length }]) => ({ name, size: length })),
  );
  const parts = progress.filter(({ state }) => state === 'progress');
  const total = 10 * 1024 * 1024;
  expect(parts).toEqual([
    { step: 'attachment', state: 'progress', name: 'larger.zip', sent: rangeBytes, total },
    { step: 'attachment', state: 'progress', name: 'larger.zip', sent: 2 * rangeBytes, total },
  ]);
});

test('the sending has a connection of its own: one that the other side is just closing leaves open whether the email went', async () => {
  const used = new Set<unknown>();
  const tenant = await sendingTenant({}, ({ fetch }) => ({
    async fetch(request, connection) {
      const socket = connection?.incoming?.socket;
      const isUsed = used.has(socket);
      used.add(socket);
      if (!isUsed || !new URL(request.url).pathname.endsWith('/send'))
        return await fetch(request, connection);
      socket?.destroy();
      return new Response(null);
    },
  }));
  const { failure } = await tenant.send({ attachments: await filesOf({ 'hours.csv': fileOf(1) }) });
  expect(failure).toBeUndefined();
  expect(used.size).toBe(2);
  expect(tenant.mails('robin', 'inbox')).toHaveLength(1);
});

const accessDenied = {
  kind: 'status',
  status: 403,
  body: {
    error: { code: 'ErrorAccessDenied', message: 'Access is denied. Check credentials and try again.' },
  },
} as const;

test.each([
  ['draft', /\/messages$/],
  ['attachment', /\/attachments$/],
  ['send', /\/send$/],
])('waits for a consent that has not reached Exchange at the %s, and shows the wait', async (step, path) => {
  const faults = [{ method: 'POST', path, nth: [1, 2], answer: accessDenied }];
  const tenant = await sendingTenant({ faults });
  const attachments = await filesOf({ 'a.txt': fileOf(10) });
  const { failure, progress } = await tenant.send({ attachments }, { patienceMs: 5 * 60_000 });
  expect(failure).toBeUndefined();
  expect(progress.filter(({ state }) => state === 'waiting')).toEqual([
    { step, state: 'waiting', status: 403, ms: 500 },
    { step, state: 'waiting', status: 403, ms: 1000 },
  ]);
  expect(tenant.mails('robin', 'inbox')).toHaveLength(1);
});

test('waits no longer for a consent than it was told', async () => {
  const tenant = await sendingTenant({ faults: [{ path: /\/messages$/, answer: accessDenied }] });
  const { failure, progress } = await tenant.send({}, { patienceMs: 10_000 });
  expect(failure).toMatchObject({ code: 'ErrorAccessDenied' });
  expect(progress.flatMap((each) => (each.state === 'waiting' ? [each.ms] : []))).toEqual([
    500, 1000, 2000, 4000, 2500,
  ]);
});

test('does not wait for a consent without patience', async () => {
  const tenant = await sendingTenant();
  const gone = tenant.state.grants.splice(0);
  expect(gone).toHaveLength(4);
  const { failure, progress } = await tenant.send();
  expect(failure).toMatchObject({ status: 403 });
  expect(progress.some(({ state }) => state === 'waiting')).toBe(false);
});

test('deletes the draft when Exchange refuses to send it, and says so', async () => {
  const tenant = await sendingTenant({ scenarios: ['mailbox-size-limited'] });
  const { failure } = await tenant.send({
    attachments: await filesOf({ 'big.zip': fileOf(6 * 1024 * 1024) }),
  });
  expect(failure).toMatchObject({ code: 'ErrorMessageSizeExceeded', doing: 'send the draft' });
  expect((failure as Failure).message).toMatch(/The email was not sent\. Its draft was deleted\.$/);
  expect(tenant.mails('ta', 'drafts')).toEqual([]);
  expect(tenant.mails('robin', 'inbox')).toEqual([]);
});

test('says that a draft stays behind when it cannot be deleted', async () => {
  const tenant = await sendingTenant({
    scenarios: ['mailbox-size-limited'],
    faults: [{ method: 'DELETE', answer: { kind: 'status', status: 403 } }],
  });
  const { failure } = await tenant.send({
    attachments: await filesOf({ 'big.zip': fileOf(6 * 1024 * 1024) }),
  });
  expect((failure as Failure).message).toMatch(
    /may still be in Drafts of ta@contoso\.com, with a subject that ends with \[TA-/,
  );
});

test.each([
  ['sender-missing', 'Request_ResourceNotFound'],
  ['sender-without-mailbox', 'MailboxNotEnabledForRESTAPI'],
] as const)('fails at once with advice for %s', async (scenario, errorCode) => {
  const tenant = await sendingTenant({ scenarios: [scenario] });
  const { failure } = await tenant.send({}, { patienceMs: 60_000 });
  expect(failure).toMatchObject({ code: errorCode, status: 404 });
  expect(tenant.clock.waits).toEqual([]);
});

test('stops when it is stopped, deletes the draft, and asks for nothing more', async () => {
  const tenant = await sendingTenant();
  const stop = new AbortController();
  const mail = {
    to: ['robin@contoso.com'],
    subject: 'x',
    body: '',
    code,
    attachments: await filesOf({ 'big.zip': fileOf(10 * 1024 * 1024) }),
  };
  const sending = sendMail(tenant.preferences, mail, { ...tenant, signal: stop.signal, journal: undefined });
  const running = async () => {
    for await (const { state } of sending) if (state === 'progress') stop.abort();
  };
  const failure = (await errorFrom(running())) as Failure;
  expect(failure.code).toBe('TA-CANCELLED');
  expect(failure.message).toBe('Stopped on request. The email was not sent. Its draft was deleted.');
  expect(tenant.mails('ta', 'drafts')).toEqual([]);
  expect(tenant.routes().at(-1)).toMatch(/^DELETE /);
});

test('stops when the file changes during its upload, and deletes the draft', async () => {
  const tenant = await sendingTenant();
  const [path = ''] = await filesOf({ 'big.zip': fileOf(10 * 1024 * 1024) });
  const mail = { to: ['robin@contoso.com'], subject: 'x', body: '', code, attachments: [path] };
  const running = async () => {
    for await (const { state } of sendMail(tenant.preferences, mail, {
      ...tenant,
      signal: undefined,
      journal: undefined,
    })) {
      if (state === 'progress') await appendFile(path, 'more');
    }
  };
  const failure = (await errorFrom(running())) as Failure;
  expect(failure.code).toBe('TA-FILE-CHANGED');
  expect(failure.message).toMatch(/^big\.zip changed while it was being sent\..*Its draft was deleted\.$/);
  expect(tenant.mails('ta', 'drafts')).toEqual([]);
});

test('an id of dots in an answer is a failure of the service, not bad input', async () => {
  const answer = { kind: 'status', status: 200, body: { id: '..' } } as const;
  const tenant = await sendingTenant({ faults: [{ path: /\/users\/ta@contoso\.com$/, answer }] });
  expect((await tenant.send()).failure).toMatchObject({ code: 'TA-ODD-ANSWER', exitCode: 1 });
});

test('makes no request for a mail that cannot be sent or endpoints that are not T&A’s', async () => {
  const tenant = await sendingTenant();
  expect((await tenant.send({ to: [] })).failure).toMatchObject({ code: 'TA-BAD-MAIL', exitCode: 3 });
  const mixed = {
    ...tenant.preferences,
    apiEndpoints: { ...endpointsOf(clouds.global), userEndpoint: '/me' },
  };
  const mail = { to: ['robin@contoso.com'], subject: 'x', body: '', code };
  const running = async () => {
    for await (const { state } of sendMail(mixed, mail, { ...tenant, signal: undefined, journal: undefined }))
      expect(state).toBe('started');
  };
  expect(await errorFrom(running())).toMatchObject({ code: 'TA-ENDPOINT', exitCode: 3 });
  expect(tenant.state.requests).toEqual([]);
});
