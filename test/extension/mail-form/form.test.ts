import { expect, test } from 'vitest';
import { Refusal } from '../../../src/contract/channel.ts';
import { errors } from '../../../src/core/words/errors.ts';
import { newDraft } from '../../../webview/state.ts';
import { errorFrom } from '../../support/error-from.ts';
import { fileOf } from '../../support/mail-tenant.ts';
import { goodDraft, sendingForm } from '../../support/sending-form.ts';
import { filesOf } from '../../support/sending-tenant.ts';

const send = { draft: goodDraft, attachments: [] };

test('a draft that is sent goes through every step of T&A and arrives', async () => {
  const { form, tenant, recorded, ended, errors: unexpected } = await sendingForm();
  expect(await form.handlers.send(send)).toEqual({ problems: [] });
  const { run } = await ended();
  expect(run).toMatchObject({
    verdict: 'arrived',
    customerName: 'Contoso Ltd',
    recipients: [{ address: 'robin@contoso.com', outcome: 'inbox' }],
  });
  expect(run?.steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
    'token done',
    'user done',
    'draft done',
    'send done',
    'receipt done',
  ]);
  expect(run?.steps.slice(1, 4).every(({ status, requestId }) => status && requestId)).toBe(true);
  expect(tenant.mails('robin', 'inbox')).toHaveLength(1);
  expect(recorded()).toMatchObject({ code: run?.code, recipients: run?.recipients });
  expect(unexpected).toEqual([]);
});

test('picked files go along, the large one with its progress, and their paths stay with the host', async () => {
  const paths = await filesOf({ 'small.txt': fileOf(10), 'large.bin': fileOf(5 * 1024 * 1024) });
  const { form, tenant, views, ended } = await sendingForm({ pickFiles: async () => paths });
  const { attachments } = await form.handlers.pickFiles({});
  expect(attachments.map(({ name }) => name)).toEqual(['small.txt', 'large.bin']);
  await form.handlers.send({ draft: goodDraft, attachments: attachments.map(({ id }) => id) });
  const { run } = await ended();
  expect(run?.verdict).toBe('arrived');
  const uploads = views.flatMap((view) => view.run?.steps.filter(({ name }) => name === 'large.bin') ?? []);
  expect(uploads.some(({ sent, total }) => sent && total && sent < total)).toBe(true);
  expect(tenant.mails('robin', 'inbox')[0]?.attachments).toHaveLength(2);
  for (const path of paths)
    expect(JSON.stringify([views, attachments])).not.toContain(path.split('/').at(-2));
});

test('a clock that is off is told beside the verdict, whatever that is', async () => {
  const { form, ended } = await sendingForm({}, 12 * 60_000);
  await form.handlers.send(send);
  const { run } = await ended();
  expect(run).toMatchObject({ verdict: 'arrived', note: expect.stringContaining('12 minutes ahead') });
});

test('what is wrong with a draft is told by field, and no request is made', async () => {
  const { form, tenant } = await sendingForm();
  const draft = { ...goodDraft, customer: 'nobody', to: 'robin', cc: 'x' };
  const { problems } = await form.handlers.send({ draft, attachments: ['gone'] });
  expect(problems.map(({ field }) => field)).toEqual(['to', 'cc', 'attachments', 'customer']);
  expect(tenant.routes()).toEqual([]);
  expect((await form.view()).run).toBeUndefined();
});

test('preferences that cannot be read are a problem of the customer', async () => {
  const failure = errors.fileMissing('/home/robin/contoso.ta-email.json');
  const { form } = await sendingForm({ access: () => Promise.reject(failure) });
  const { problems } = await form.handlers.send(send);
  expect(problems).toMatchObject([{ field: 'customer' }]);
  expect(problems[0]?.message).toContain(failure.advice.next);
  expect(problems[0]?.message).not.toContain('/home');
});

test('a second send while one is under way is refused, and one mail goes out', async () => {
  const { form, tenant, ended } = await sendingForm();
  const [first, second] = await Promise.all([form.handlers.send(send), errorFrom(form.handlers.send(send))]);
  expect(first).toEqual({ problems: [] });
  expect(second).toBeInstanceOf(Refusal);
  await ended();
  expect(tenant.mails('robin', 'inbox')).toHaveLength(1);
});

test('every mail has a code of its own', async () => {
  const { form, ended } = await sendingForm();
  const { nextCode } = await form.view();
  await form.handlers.send(send);
  const after = await ended();
  expect(after.run?.code).toBe(nextCode);
  expect(after.nextCode).not.toBe(nextCode);
});

test('cancelled before it is sent: the draft is deleted, and the run says so', async () => {
  const { form, tenant, ended } = await sendingForm();
  await form.handlers.send(send);
  await form.handlers.cancel({});
  const { run } = await ended();
  expect(run?.verdict).toBe('stopped');
  expect(tenant.mails('ta', 'drafts')).toEqual([]);
  expect(tenant.mails('robin', 'inbox')).toEqual([]);
});

test('the code that an outside recipient reads back is checked and goes into the record', async () => {
  const { form, recorded, ended } = await sendingForm();
  const address = 'pat@fabrikam.example';
  await form.handlers.send({ draft: { ...goodDraft, to: address }, attachments: [] });
  const { run } = await ended();
  expect(run?.verdict).toBe('ask the recipient');
  expect(await form.handlers.confirmReceipt({ address, code: 'TA-7K3Q-ZZ' })).toEqual({ confirmed: false });
  expect(recorded()?.recipients).toEqual([{ address, outcome: 'ask the recipient' }]);
  const code = run?.code.toLowerCase().replaceAll('-', ' ') ?? '';
  expect(await form.handlers.confirmReceipt({ address, code })).toEqual({ confirmed: true });
  expect(recorded()?.recipients).toEqual([{ address, outcome: 'confirmed by recipient' }]);
  expect((await form.view()).run).toMatchObject({ verdict: 'arrived' });
});

test('nothing that the page gets, and nothing that is remembered or copied, holds the secret or a token', async () => {
  const { form, tenant, views, kept, copied, ended } = await sendingForm();
  const opening = await form.handlers.ready({});
  await form.handlers.send(send);
  await ended();
  await form.handlers.copyEvidence({});
  expect(copied).toHaveLength(1);
  const secret = tenant.preferences.connection.clientSecret.reveal();
  const all = JSON.stringify([opening, views, [...kept], copied]);
  for (const form of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret), 'eyJ']) {
    expect(all).not.toContain(form);
  }
});

test('a new page gets its draft back, with the files that are still there, and the run as it stands', async () => {
  const [path = ''] = await filesOf({ 'a.txt': fileOf(3) });
  const { form, ended } = await sendingForm({ pickFiles: async () => [path] });
  expect((await form.handlers.ready({})).draft).toBeUndefined();
  const { attachments } = await form.handlers.pickFiles({});
  const draft = { ...newDraft({ subject: 'Hours', body: 'Half a sent' }), attachments };
  const gone = { id: 'gone', name: 'b.txt', size: 1 };
  await form.handlers.keep({ ...draft, attachments: [...attachments, gone] });
  await form.handlers.send(send);
  await ended();
  form.choose('contoso');
  const opening = await form.handlers.ready({});
  expect(opening).toMatchObject({ draft, chosen: 'contoso', view: { run: { verdict: 'arrived' } } });
  expect(JSON.stringify(opening)).not.toContain(path);
  expect((await form.handlers.ready({})).chosen).toBeUndefined();
});
