import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftIn, mailboxOf, mailTenant, personOf } from '../../support/mail-tenant.ts';

const messages = '/users/ta@contoso.com/messages';

test('a draft comes back with everything Graph adds', async () => {
  const tenant = mailTenant();
  const { id: owner } = personOf(tenant.state, 'ta');
  const draft = await tenant.call('POST', messages, {
    subject: 'T&A test',
    importance: 'High',
    body: { contentType: 'HTML', content: '<p>One &amp; two</p>' },
    toRecipients: [{ emailAddress: { address: 'Robin@contoso.com' } }],
    ccRecipients: [{ emailAddress: { address: 'x@example.org', name: 'X' } }],
    from: { emailAddress: { address: 'ta@contoso.com', name: 'Contoso Time' } },
    internetMessageHeaders: [{ name: 'x-ta-verify', value: '4711' }],
  });
  expect(draft.status).toBe(201);
  const id = draft.text('id');
  const sender = { emailAddress: { name: 'Time Recording (Contoso)', address: 'ta@contoso.com' } };
  expect(draft.body).toEqual({
    '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#users('${owner}')/messages/$entity`,
    '@odata.etag': `W/"${draft.text('changeKey')}"`,
    id,
    createdDateTime: '2026-11-23T22:00:00Z',
    lastModifiedDateTime: '2026-11-23T22:00:00Z',
    changeKey: expect.stringMatching(/^CQAA/),
    categories: [],
    receivedDateTime: '2026-11-23T22:00:00Z',
    sentDateTime: '2026-11-23T22:00:00Z',
    hasAttachments: false,
    internetMessageId: expect.stringMatching(/^<[A-Z0-9]+@[A-Z0-9.]+\.PROD\.OUTLOOK\.COM>$/),
    subject: 'T&A test',
    bodyPreview: 'One & two',
    importance: 'high',
    parentFolderId: expect.any(String),
    conversationId: expect.any(String),
    conversationIndex: expect.any(String),
    isDeliveryReceiptRequested: false,
    isReadReceiptRequested: false,
    isRead: true,
    isDraft: true,
    webLink: `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(id)}&exvsurl=1&viewmodel=ReadMessageItem`,
    inferenceClassification: 'focused',
    body: {
      contentType: 'html',
      content:
        '<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>\r\n<body>\r\n<p>One &amp; two</p>\r\n</body>\r\n</html>\r\n',
    },
    sender,
    from: sender,
    toRecipients: [{ emailAddress: { name: 'Robin Recipient', address: 'Robin@contoso.com' } }],
    ccRecipients: [{ emailAddress: { name: 'X', address: 'x@example.org' } }],
    bccRecipients: [],
    replyTo: [],
    flag: { flagStatus: 'notFlagged' },
  });
  expect(draft.headers.get('location')).toContain(`/messages('${encodeURIComponent(id)}')`);
});

test('internet headers come only when they are selected', async () => {
  const tenant = mailTenant();
  const headers = [{ name: 'X-Ta', value: '1' }];
  const path = await draftIn(tenant, { internetMessageHeaders: headers });
  expect((await tenant.call('GET', path)).body).not.toHaveProperty('internetMessageHeaders');
  const selected = await tenant.call('GET', `${path}?$select=subject,internetMessageHeaders`);
  expect(selected.body).toEqual({
    '@odata.context': expect.stringContaining('messages(subject,internetMessageHeaders)/$entity'),
    '@odata.etag': expect.any(String),
    id: expect.any(String),
    subject: 'Hours of week 48',
    internetMessageHeaders: headers,
  });
});

test('an unknown property in $select is refused', async () => {
  const tenant = mailTenant();
  for (const path of [messages, await draftIn(tenant)]) {
    const answer = await tenant.call('GET', `${path}?$select=subject,sbject`);
    expect([answer.status, answer.error]).toEqual([
      400,
      "RequestBroker--ParseUri: Could not find a property named 'sbject' on type 'microsoft.graph.message'.",
    ]);
  }
});

test('recipients come back as they were given, whatever they are', async () => {
  const tenant = mailTenant();
  const text = fc.string({ unit: 'grapheme', minLength: 1 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ name: text, address: text }), { minLength: 1 }), async (list) => {
      const toRecipients = list.map((emailAddress) => ({ emailAddress }));
      const draft = await tenant.call('POST', messages, { toRecipients });
      expect(draft.body).toMatchObject({ toRecipients });
    }),
    { numRuns: 50 },
  );
});

test('a draft may be changed and deleted', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant);
  const before = await tenant.call('GET', path);
  tenant.clock.advance(5000);
  const after = await tenant.call('PATCH', path, { subject: 'New', importance: 'low' });
  expect(after.body).toMatchObject({
    subject: 'New',
    importance: 'low',
    toRecipients: [{ emailAddress: { address: 'robin@contoso.com' } }],
    lastModifiedDateTime: '2026-11-23T22:00:05Z',
  });
  expect(after.text('changeKey')).not.toBe(before.text('changeKey'));
  const late = await tenant.call('PATCH', path, { subject: 'x' }, { 'If-Match': before.text('@odata.etag') });
  expect([late.status, late.error]).toEqual([
    412,
    'ErrorIrresolvableConflict: The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  ]);
  expect((await tenant.call('DELETE', path)).status).toBe(204);
  const gone = await tenant.call('GET', path);
  expect([gone.status, gone.error]).toEqual([
    404,
    'ErrorItemNotFound: The specified object was not found in the store.',
  ]);
});

test('what was sent keeps its subject', async () => {
  const tenant = mailTenant({ lagFactor: 0 });
  await tenant.call('POST', `${await draftIn(tenant)}/send`);
  const [sent] = mailboxOf(tenant.state, 'ta').mails;
  const path = `${messages}/${encodeURIComponent(sent?.id ?? '')}`;
  const changed = await tenant.call('PATCH', path, { subject: 'Other' });
  expect([changed.status, changed.error]).toEqual([
    400,
    "ErrorInvalidPropertySet: Set action is invalid for property 'subject'.",
  ]);
  expect((await tenant.call('PATCH', path, { isRead: false })).body).toMatchObject({ isRead: false });
});

test('a malformed id is told from an unknown one', async () => {
  const tenant = mailTenant();
  const malformed = await tenant.call('GET', `${messages}/42`);
  expect([malformed.status, malformed.error]).toEqual([400, 'ErrorInvalidIdMalformed: Id is malformed.']);
  const id = (await draftIn(tenant)).split('/').at(-1) ?? '';
  const otherCase = await tenant.call('GET', `${messages}/${id.replace('AAMk', 'AAmk')}`);
  expect(otherCase.error).toMatch(/^ErrorItemNotFound/);
});

test('a list pages by $top and shows each message once', async () => {
  const tenant = mailTenant();
  for (let at = 0; at < 7; at += 1) await draftIn(tenant, { subject: `Mail ${at}` });
  const subjects: unknown[] = [];
  let next = `https://graph.microsoft.com/v1.0${messages}?$top=3&$select=subject&$count=true`;
  while (next !== 'undefined') {
    const page = await tenant.call('GET', next);
    expect(page.body['@odata.count']).toBe(7);
    expect(page.value.length).toBeLessThanOrEqual(3);
    subjects.push(...page.value.map(({ subject }) => subject));
    next = page.text('@odata.nextLink');
  }
  expect(subjects.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6].map((at) => `Mail ${at}`));
});

test('a list is filtered by internet message id and subject, and sorted by time', async () => {
  const tenant = mailTenant();
  const first = await tenant.call('GET', await draftIn(tenant, { subject: "It's late" }));
  tenant.clock.advance(60_000);
  await draftIn(tenant, { subject: "It's later" });
  const filtered = async (options: Record<string, string>) =>
    (await tenant.call('GET', `${messages}?${new URLSearchParams(options)}`)).value.map(
      ({ subject }) => subject,
    );
  const byId = `internetMessageId eq '${first.text('internetMessageId')}'`;
  expect(await filtered({ $filter: byId })).toEqual(["It's late"]);
  expect(await filtered({ $filter: "startswith(subject,'It''s l')" })).toEqual(["It's later", "It's late"]);
  expect(await filtered({ $orderby: 'receivedDateTime' })).toEqual(["It's late", "It's later"]);
  expect(await filtered({ $orderby: 'receivedDateTime desc' })).toEqual(["It's later", "It's late"]);
  expect(
    await filtered({
      $filter: "receivedDateTime ge 2026-11-23T22:00:30Z and startswith(subject,'it')",
      $orderby: 'receivedDateTime desc',
    }),
  ).toEqual(["It's later"]);
});

test.each([
  [
    { $filter: "toRecipients/any(r: r eq 'x')" },
    'ErrorInvalidUrlQueryFilter: The query filter contains one or more invalid nodes.',
  ],
  [
    { $filter: "subject eq 'x'", $orderby: 'receivedDateTime desc' },
    'InefficientFilter: The restriction or sort order is too complex for this operation.',
  ],
  [{ $top: '0' }, "RequestBroker--ParseUri: Invalid value '0' for $top query option found."],
  [{ $top: '1001' }, "RequestBroker--ParseUri: Invalid value '1001' for $top query option found."],
  [{ $skip: '-1' }, "RequestBroker--ParseUri: Invalid value '-1' for $skip query option found."],
  [{ $colour: 'x' }, "RequestBroker--ParseUri: The query option '$colour' is not supported."],
  [
    { $orderby: 'size' },
    "RequestBroker--ParseUri: Could not find a property named 'size' on type 'microsoft.graph.message'.",
  ],
])('a list refuses %o', async (options: Record<string, string>, error) => {
  const answer = await mailTenant().call('GET', `${messages}?${new URLSearchParams(options)}`);
  expect([answer.status, answer.error]).toEqual([400, error]);
});
