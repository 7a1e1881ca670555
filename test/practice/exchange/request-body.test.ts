import { expect, test } from 'vitest';
import { draftIn, mailTenant } from '../../support/mail-tenant.ts';

const messages = '/users/ta@contoso.com/messages';
const unknown = (name: string, type: string) =>
  `RequestBodyRead: The property '${name}' does not exist on type 'microsoft.graph.${type}'. Make sure to only use property names that are defined by the type or mark the type as open type.`;
const literal = (value: string, type: string) =>
  `RequestBodyRead: Cannot convert the literal '${value}' to the expected type '${type}'.`;
const misfit = (name: string) =>
  `RequestBodyRead: Property ${name} in payload has a value that does not match schema.`;

test.each([
  [{ sbject: 'x' }, unknown('sbject', 'message')],
  [JSON.parse('{"__proto__":{"subject":"x"}}'), unknown('__proto__', 'message')],
  [{ body: { content: 'x', type: 'html' } }, unknown('type', 'itemBody')],
  [{ toRecipients: [{ address: 'a@b.c' }] }, unknown('address', 'recipient')],
  [{ from: { name: 'x' } }, unknown('name', 'recipient')],
  [{ toRecipients: [{ emailAddress: { mail: 'a@b.c' } }] }, unknown('mail', 'emailAddress')],
  [
    { internetMessageHeaders: [{ key: 'x-a', name: 'x-a', value: '' }] },
    unknown('key', 'internetMessageHeader'),
  ],
  [{ subject: 5 }, literal('5', 'Edm.String')],
  [{ isRead: 'yes' }, literal('yes', 'Edm.Boolean')],
  [{ importance: 'urgent' }, "RequestBodyRead: Requested value 'urgent' was not found."],
  [{ body: { contentType: 'markdown' } }, "RequestBodyRead: Requested value 'markdown' was not found."],
  [{ toRecipients: {} }, misfit('toRecipients')],
  [{ toRecipients: [{}] }, misfit('emailAddress')],
  [{ internetMessageHeaders: [{ name: 'x-a' }] }, misfit('value')],
  [[], misfit('microsoft.graph.message')],
  [
    { internetMessageHeaders: [{ name: 'References', value: '' }] },
    "InvalidInternetMessageHeader: The internet message header name 'References' should start with 'x-' or 'X-'.",
  ],
  [
    { internetMessageHeaders: [1, 2, 3, 4, 5, 6].map((at) => ({ name: `X-${at}`, value: '' })) },
    'InvalidInternetMessageHeaderCollection: Maximum number of headers in one message should be less than or equal to 5.',
  ],
])('a draft %j is refused and leaves nothing', async (body, error) => {
  const tenant = mailTenant();
  const answer = await tenant.call('POST', messages, body);
  expect([answer.status, answer.error]).toEqual([400, error]);
  expect(tenant.state.mailboxes.flatMap((mailbox) => mailbox.mails)).toEqual([]);
});

const file = (type: string, more: object) => ({
  '@odata.type': `#microsoft.graph.${type}`,
  name: 'a',
  ...more,
});

test.each([
  { isDraft: true },
  { multiValueExtendedProperties: [] },
  { attachments: [file('itemAttachment', { item: {} })] },
  { attachments: [file('fileAttachment', { contentBytes: '', contentId: 'a', lastModifiedDateTime: 'x' })] },
])('Graph knows what is in %j, so it is not called unknown', async (body) => {
  const tenant = mailTenant();
  const answer = await tenant.call('POST', messages, body);
  expect([answer.status, answer.error]).toEqual([
    501,
    expect.stringMatching(/^NotImplemented: The practice tenant does not play /),
  ]);
  expect(tenant.state.mailboxes.flatMap((mailbox) => mailbox.mails)).toEqual([]);
});

test('a draft may bring its internet message id, and a file its size and location', async () => {
  const tenant = mailTenant();
  const attachments = [file('fileAttachment', { contentBytes: 'aGFsbG8=', contentLocation: null, size: 5 })];
  const made = await tenant.call('POST', messages, { internetMessageId: '<a@contoso.com>', attachments });
  expect([made.status, made.text('internetMessageId')]).toEqual([201, '<a@contoso.com>']);
});

test.each([
  ['{"subject":', 'application/json'],
  ['{}', 'application/xml'],
])('%j as %s is no JSON to Graph', async (text, type) => {
  const answer = await mailTenant().call('POST', messages, text, { 'Content-Type': type });
  expect([answer.status, answer.error]).toEqual([
    400,
    'BadRequest: Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  ]);
});

test('a body without anything in it is told as such', async () => {
  const { status, error } = await mailTenant().call('POST', messages, '', {
    'Content-Type': 'application/json',
  });
  expect([status, error]).toEqual([400, 'BadRequest: Empty Payload. JSON content expected.']);
});

test.each([
  { Message: { subject: 'capitals' }, SaveToSentItems: true },
  { message: { subject: 'text' }, saveToSentItems: 'true' },
  { message: { subject: 'text' }, saveToSentItems: 'FALSE' },
  { message: { subject: 'null' }, saveToSentItems: null },
])('sendMail reads the parameters of %j', async (body) => {
  const tenant = mailTenant();
  const { message, Message, ...rest } = { message: undefined, Message: undefined, ...body };
  const to = { toRecipients: [{ emailAddress: { address: 'robin@contoso.com' } }] };
  const named = Message
    ? { Message: { ...(Message as object), ...to } }
    : { message: { ...(message as object), ...to } };
  const answer = await tenant.call('POST', '/users/ta@contoso.com/sendMail', { ...rest, ...named });
  expect([answer.status, answer.error]).toEqual([202, '']);
  tenant.clock.advance(1000);
  const kept = await tenant.call('GET', '/users/ta@contoso.com/mailFolders/sentitems/messages');
  expect(kept.value).toHaveLength(/false/i.test(JSON.stringify(rest)) ? 0 : 1);
});

test.each([
  {
    '@odata.type': '#microsoft.graph.message',
    body: { '@odata.type': 'microsoft.graph.itemBody', content: 'x' },
  },
  { '@odata.type': 'microsoft.graph.message' },
  {
    from: {
      '@odata.type': '#microsoft.graph.recipient',
      emailAddress: { name: null, address: 'ta@contoso.com' },
    },
  },
  {
    ccRecipients: null,
    bccRecipients: null,
    replyTo: null,
    from: null,
    sender: null,
    body: null,
    attachments: null,
  },
  {
    subject: null,
    importance: null,
    isRead: null,
    categories: null,
    internetMessageHeaders: null,
    flag: null,
  },
  { isReadReceiptRequested: 'True', importance: 'HIGH' },
  { flag: { flagStatus: 'Flagged' } },
  { singleValueExtendedProperties: [{ id: 'String 0x1035', value: '<a@b>' }] },
])('a draft %j is taken', async (body) => {
  const tenant = mailTenant();
  const answer = await tenant.call('POST', messages, body);
  expect([answer.status, answer.error]).toEqual([201, '']);
  expect(answer.body).not.toHaveProperty('singleValueExtendedProperties');
});

test('null empties a collection of a draft and its subject, and leaves alone what cannot be empty', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant, { importance: 'high', categories: ['a'] });
  const { body } = await tenant.call('PATCH', path, {
    ...{ toRecipients: null, categories: null, subject: null, importance: null },
  });
  expect(body).toMatchObject({ toRecipients: [], categories: [], subject: '', importance: 'high' });
});

test('a request of more than 4 MB is refused', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant);
  const answer = await tenant.call('PATCH', path, {
    body: { contentType: 'text', content: 'x'.repeat(5 * 1024 * 1024) },
  });
  expect([answer.status, answer.error]).toEqual([
    413,
    'RequestEntityTooLarge: The maximum request length supported is 4MB.',
  ]);
});
