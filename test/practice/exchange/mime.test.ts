import { expect, test } from 'vitest';
import { type MailTenant, mailTenant } from '../../support/mail-tenant.ts';

const messages = '/users/ta@contoso.com/messages';
const asMime = { 'Content-Type': 'text/plain' };
const mime = [
  'From: Somebody <ta@contoso.com>',
  'To: Robin <robin@contoso.com>, payroll@contoso.com',
  'Cc: "Grace, A." <grace@contoso.com>',
  'Subject: =?utf-8?Q?Stunden_f=C3=BCr_M=C3=A4rz?=',
  'Message-ID: <one@contoso.com>',
  'X-Ta-Job: 42',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Hello</p>',
  '--b',
  'Content-Type: text/csv; name=hours.csv',
  'Content-Disposition: attachment; filename=hours.csv',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('a;b').toString('base64'),
  '--b--',
  '',
].join('\r\n');

const postMime = (tenant: MailTenant, path: string, text: string) =>
  tenant.call('POST', path, Buffer.from(text).toString('base64'), asMime);

test('a draft in MIME has what stands in it, in the form that Exchange gives it', async () => {
  const tenant = mailTenant();
  const draft = await postMime(tenant, messages, mime);
  expect(draft.status).toBe(201);
  expect(draft.body).toMatchObject({
    subject: 'Stunden für März',
    internetMessageId: '<one@contoso.com>',
    from: { emailAddress: { name: 'Time Recording (Contoso)', address: 'ta@contoso.com' } },
    toRecipients: [
      { emailAddress: { name: 'Robin', address: 'robin@contoso.com' } },
      { emailAddress: { name: 'Payroll Office', address: 'payroll@contoso.com' } },
    ],
    ccRecipients: [{ emailAddress: { name: 'Grace, A.', address: 'grace@contoso.com' } }],
    body: { contentType: 'html', content: expect.stringContaining('<p>Hello</p>') },
    hasAttachments: true,
  });
  const path = `${messages}/${encodeURIComponent(draft.text('id'))}`;
  const read = await tenant.call('GET', `${path}?$select=internetMessageHeaders&$expand=attachments`);
  expect(read.body).toMatchObject({
    internetMessageHeaders: [{ name: 'X-Ta-Job', value: '42' }],
    attachments: [{ name: 'hours.csv', contentType: 'text/csv', contentBytes: 'YTti' }],
  });
  expect((await tenant.call('POST', `${path}/send`)).status).toBe(202);
});

test('sendMail takes MIME, broken into lines or not', async () => {
  const tenant = mailTenant();
  const lines = Buffer.from('To: robin@contoso.com\r\nSubject: plain\r\n\r\nHello').toString('base64');
  const path = '/users/ta@contoso.com/sendMail';
  const sent = await tenant.call('POST', path, lines.replace(/(.{20})/g, '$1\r\n'), asMime);
  expect([sent.status, sent.error]).toEqual([202, '']);
  tenant.clock.advance(1000);
  const inbox = await tenant.call('GET', '/users/robin@contoso.com/mailFolders/inbox/messages');
  expect(inbox.value).toMatchObject([{ subject: 'plain', bodyPreview: 'Hello' }]);
});

test.each([
  ['{}', 'ErrorMimeContentInvalidBase64String: Invalid base64 string for MIME content.'],
  ['', 'ErrorMimeContentInvalidBase64String: Invalid base64 string for MIME content.'],
  [
    Buffer.from('no headers at all').toString('base64'),
    'ErrorMimeContentInvalid: The MIME content is not valid.',
  ],
])('%j is no message in MIME', async (text, error) => {
  const tenant = mailTenant();
  const answer = await tenant.call('POST', messages, text, asMime);
  expect([answer.status, answer.error]).toEqual([400, error]);
  expect(tenant.state.mailboxes.flatMap(({ mails }) => mails)).toEqual([]);
});
