import { expect, test } from 'vitest';
import { draftIn, fileOf, type MailTenant, mailboxOf, mailTenant } from '../../support/mail-tenant.ts';

const to = (...addresses: string[]) => addresses.map((address) => ({ emailAddress: { address } }));

async function subjectsIn(tenant: MailTenant, user: string, folder: string): Promise<unknown[]> {
  const list = await tenant.call('GET', `/users/${user}@contoso.com/mailFolders/${folder}/messages`);
  return list.value.map(({ subject }) => subject);
}

test('a sent draft moves to Sent Items after a moment, under a new id', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant);
  const { body } = await tenant.call('GET', path);
  const sent = await tenant.call('POST', `${path}/send`);
  expect([sent.status, sent.bytes.length]).toEqual([202, 0]);
  expect(await subjectsIn(tenant, 'ta', 'drafts')).toEqual([]);
  expect(await subjectsIn(tenant, 'ta', 'sentitems')).toEqual([]);
  tenant.clock.advance(200);
  const [copy] = (await tenant.call('GET', '/users/ta@contoso.com/mailFolders/sentitems/messages')).value;
  expect(copy).toMatchObject({ subject: 'Hours of week 48', isDraft: false, isRead: true });
  expect(copy).toHaveProperty('internetMessageId', Reflect.get(body, 'internetMessageId'));
  expect(copy).not.toHaveProperty('id', Reflect.get(body, 'id'));
  const again = await tenant.call('POST', `${path}/send`);
  expect([again.status, again.error]).toEqual([
    404,
    'ErrorItemNotFound: The specified object was not found in the store.',
  ]);
});

test('ids are of the kind that a request asks for, both open the message, and the immutable one outlives the sending', async () => {
  const tenant = mailTenant();
  const messages = '/users/ta@contoso.com/messages';
  const prefer = { Prefer: 'IdType="ImmutableId", outlook.body-content-type="text"' };
  const draft = await tenant.call('POST', messages, { toRecipients: to('robin@contoso.com') }, prefer);
  expect(draft.headers.get('preference-applied')).toMatch(
    /IdType="ImmutableId".*, outlook|outlook.*, IdType/,
  );
  const lasting = draft.text('id');
  expect(draft.headers.get('location')).toContain(encodeURIComponent(lasting));
  const path = `${messages}/${encodeURIComponent(lasting)}`;
  const usual = (await tenant.call('GET', path)).text('id');
  expect(usual).not.toBe(lasting);
  const byUsual = await tenant.call('GET', `${messages}/${encodeURIComponent(usual)}`, undefined, prefer);
  expect(byUsual.text('id')).toBe(lasting);
  const listed = await tenant.call('GET', `${messages}?$select=id`, undefined, prefer);
  expect(listed.value).toMatchObject([{ id: lasting }]);
  expect((await tenant.call('GET', `${messages}?$select=id`)).value).toMatchObject([{ id: usual }]);

  await tenant.call('POST', `${path}/send`);
  tenant.clock.advance(200);
  expect((await tenant.call('GET', path, undefined, prefer)).body).toMatchObject({
    id: lasting,
    isDraft: false,
  });
  expect((await tenant.call('GET', `${messages}/${encodeURIComponent(usual)}`)).status).toBe(404);
  expect((await tenant.call('POST', `${path}/send`)).status).toBe(404);
});

test('mail is delivered after a moment, unread, with its headers and without its blind copies', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant, {
    toRecipients: to('ROBIN@contoso.com'),
    bccRecipients: to('payroll@contoso.com'),
    internetMessageHeaders: [{ name: 'X-TA-Verify', value: '4711' }],
  });
  const draft = await tenant.call('GET', path);
  await tenant.call('POST', `${path}/send`);
  tenant.clock.advance(699);
  expect(await subjectsIn(tenant, 'robin', 'inbox')).toEqual([]);
  tenant.clock.advance(1);
  for (const user of ['robin', 'payroll']) {
    const filter = new URLSearchParams({
      $filter: `internetMessageId eq '${draft.text('internetMessageId')}'`,
      $select: 'id,receivedDateTime,isRead,from,bccRecipients,internetMessageHeaders',
    });
    const [received] = (await tenant.call('GET', `/users/${user}@contoso.com/messages?${filter}`)).value;
    expect(received).toMatchObject({
      receivedDateTime: '2026-11-23T22:00:00Z',
      isRead: false,
      from: { emailAddress: { address: 'ta@contoso.com', name: 'Time Recording (Contoso)' } },
      bccRecipients: [],
    });
    expect(Reflect.get(received ?? {}, 'internetMessageHeaders')).toEqual(
      expect.arrayContaining([
        { name: 'Message-ID', value: draft.text('internetMessageId') },
        { name: 'X-TA-Verify', value: '4711' },
      ]),
    );
  }
});

test('an alias reaches its mailbox, and a mailbox named twice gets one copy', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant, {
    toRecipients: to('time@contoso.com', 'ta@contoso.com'),
    ccRecipients: to('Time@contoso.com'),
  });
  await tenant.call('POST', `${path}/send`);
  tenant.clock.advance(700);
  expect(await subjectsIn(tenant, 'ta', 'inbox')).toEqual(['Hours of week 48']);
});

test('attachments reach the recipient under ids of their own', async () => {
  const tenant = mailTenant({ lagFactor: 0 });
  const bytes = fileOf(50_000);
  const path = await draftIn(tenant);
  const posted = await tenant.call('POST', `${path}/attachments`, {
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: 'a.bin',
    contentBytes: bytes.toString('base64'),
  });
  await tenant.call('POST', `${path}/send`);
  const [received] = mailboxOf(tenant.state, 'robin').mails;
  expect(received?.attachments.map((each) => bytes.equals(each.bytes))).toEqual([true]);
  expect(received?.attachments[0]?.id).not.toBe(posted.text('id'));
});

test('unknown addresses of the tenant come back as a report, others leave for the outbox', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant, {
    toRecipients: to('nobody@contoso.com', '_b_@contoso.onmicrosoft.com', 'nils@contoso.com'),
    ccRecipients: to('a@example.org', 'gina@fabrikam.com', 'all-staff@contoso.com'),
  });
  await tenant.call('POST', `${path}/send`);
  tenant.clock.advance(700);
  const inbox = '/users/ta@contoso.com/mailFolders/inbox/messages';
  const filter = new URLSearchParams({ $filter: "startswith(subject,'Undeliverable')" });
  const [report, ...more] = (await tenant.call('GET', `${inbox}?${filter}`)).value;
  expect(more).toEqual([]);
  expect(report).toMatchObject({
    subject: 'Undeliverable: Hours of week 48',
    isRead: false,
    isDraft: false,
    from: {
      emailAddress: {
        address: expect.stringMatching(
          /^MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@contoso\.onmicrosoft\.com$/,
        ),
      },
    },
    toRecipients: [{ emailAddress: { address: 'ta@contoso.com' } }],
  });
  for (const address of ['nobody@contoso.com', '_b_@contoso.onmicrosoft.com', 'nils@contoso.com']) {
    expect(JSON.stringify(report)).toContain(`${address} wasn't found`);
  }
  expect(JSON.stringify(report)).not.toContain("all-staff@contoso.com wasn't found");
  expect(tenant.state.outbox).toMatchObject([{ graph: { subject: 'Hours of week 48' } }]);
});

test.each([
  [
    { toRecipients: [] },
    400,
    "ErrorInvalidRecipients: At least one recipient is not valid., A message can't be sent because it contains no recipients.",
  ],
  [
    { toRecipients: to('a@b.example; c@d.example') },
    400,
    "ErrorInvalidRecipients: At least one recipient is not valid., Recipient 'a@b.example; c@d.example' is not resolved. All recipients must be resolved before a message can be submitted.",
  ],
  [
    { ccRecipients: Array.from({ length: 500 }, (_, at) => to(`u${at}@example.org`)[0]) },
    400,
    'ErrorExceededMaxRecipientLimit: The message has more recipients than the mailbox may send to at once.',
  ],
  [
    { from: { emailAddress: { address: 'robin@contoso.com' } } },
    403,
    'ErrorSendAsDenied: The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message.',
  ],
])('a draft with %o is not sent, and stays a draft', async (message, status, error) => {
  const tenant = mailTenant();
  const path = await draftIn(tenant, message);
  const answer = await tenant.call('POST', `${path}/send`);
  expect([answer.status, answer.error]).toEqual([status, error]);
  expect((await tenant.call('GET', path)).body).toMatchObject({ isDraft: true });
  expect(tenant.state.outbox).toEqual([]);
});

test('500 recipients are allowed', async () => {
  const tenant = mailTenant();
  const addresses = Array.from({ length: 500 }, (_, at) => `u${at}@example.org`);
  const path = await draftIn(tenant, { toRecipients: to(...addresses) });
  expect((await tenant.call('POST', `${path}/send`)).status).toBe(202);
});

test('mail may go out under an alias, and shows the primary address', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant, {
    from: { emailAddress: { address: 'Time@contoso.com', name: 'Payroll' } },
  });
  const own = { emailAddress: { address: 'ta@contoso.com', name: 'Time Recording (Contoso)' } };
  expect((await tenant.call('GET', path)).body).toMatchObject({ from: own, sender: own });
  expect((await tenant.call('POST', `${path}/send`)).status).toBe(202);
});

test("mail over the mailbox's send limit is refused at send", async () => {
  const tenant = mailTenant();
  const mailbox = mailboxOf(tenant.state, 'ta');
  mailbox.sendLimit = 1000;
  const body = (length: number) => ({ body: { contentType: 'text', content: 'x'.repeat(length) } });
  const refused = await tenant.call('POST', `${await draftIn(tenant, body(1001))}/send`);
  expect([refused.status, refused.error]).toEqual([
    400,
    'ErrorMessageSizeExceeded: The message exceeds the maximum supported size.',
  ]);
  expect((await tenant.call('POST', `${await draftIn(tenant, body(1000))}/send`)).status).toBe(202);
});

test('sendMail sends at once, and keeps a copy unless told not to', async () => {
  const tenant = mailTenant();
  const message = (subject: string) => ({ subject, toRecipients: to('robin@contoso.com') });
  const kept = await tenant.call('POST', '/users/ta@contoso.com/sendMail', { message: message('Kept') });
  tenant.signIn({ person: 'robin' });
  const notKept = await tenant.call('POST', '/me/sendMail', {
    message: message('Not kept'),
    saveToSentItems: false,
  });
  expect([kept.status, notKept.status]).toEqual([202, 202]);
  tenant.clock.advance(700);
  expect((await tenant.call('GET', '/me/mailFolders/inbox/messages')).value).toMatchObject([
    { subject: 'Not kept' },
    { subject: 'Kept' },
  ]);
  tenant.signIn({ roles: ['Mail.Read'] });
  expect(await subjectsIn(tenant, 'ta', 'sentitems')).toEqual(['Kept']);
  expect(await subjectsIn(tenant, 'robin', 'sentitems')).toEqual([]);
});

test('sendMail of a message that stands there by itself misses its parameter', async () => {
  const tenant = mailTenant();
  const answer = await tenant.call('POST', '/users/ta@contoso.com/sendMail', { subject: 'Bare' });
  expect([answer.status, answer.error]).toEqual([
    400,
    "RequestBodyRead: The parameter 'message' is missing from the request payload.",
  ]);
});

test('sendMail without a recipient or with an unknown property sends nothing', async () => {
  const tenant = mailTenant();
  const path = '/users/ta@contoso.com/sendMail';
  expect((await tenant.call('POST', path, { message: {} })).error).toMatch(/^ErrorInvalidRecipients/);
  expect((await tenant.call('POST', path, { message: { sbject: 'x' } })).error).toMatch(
    /'sbject' does not exist on type 'microsoft.graph.message'/,
  );
  expect((await tenant.call('POST', path, {})).status).toBe(400);
  expect(mailboxOf(tenant.state, 'ta').mails).toEqual([]);
});
