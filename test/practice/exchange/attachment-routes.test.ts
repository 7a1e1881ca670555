import { expect, test } from 'vitest';
import { draftIn, fileOf, type MailTenant, mailTenant } from '../../support/mail-tenant.ts';

/** The largest file that fits into a request of 4 MiB, as measured: github.com/microsoftgraph/msgraph-sdk-java/pull/52 */
const measured = 3_145_611;
const smallestUpload = 2 * 1024 * 1024;
const fileType = '#microsoft.graph.fileAttachment';

function attach(tenant: MailTenant, path: string, bytes: Buffer, more: object = {}) {
  return tenant.call('POST', `${path}/attachments`, {
    '@odata.type': fileType,
    name: 'hours.pdf',
    contentType: 'application/pdf',
    contentBytes: bytes.toString('base64'),
    ...more,
  });
}

test.each([0, 1, 2, 20_000, 3_000_000])('a file of %i bytes is attached by one POST', async (size) => {
  const tenant = mailTenant();
  const path = await draftIn(tenant);
  const bytes = fileOf(size);
  const posted = await attach(tenant, path, bytes);
  expect(posted.status).toBe(201);
  expect(posted.body).toMatchObject({
    '@odata.type': fileType,
    '@odata.mediaContentType': 'application/pdf',
    name: 'hours.pdf',
    contentType: 'application/pdf',
    size,
    isInline: false,
    contentId: null,
    contentLocation: null,
    lastModifiedDateTime: '2026-11-23T22:00:00Z',
  });
  const raw = await tenant.call('GET', `${path}/attachments/${encodeURIComponent(posted.text('id'))}/$value`);
  expect(raw.headers.get('content-type')).toBe('application/pdf');
  expect(raw.bytes.equals(bytes)).toBe(true);
  expect((await tenant.call('GET', path)).body).toMatchObject({ hasAttachments: true });
});

test('a request of 4 MiB is the limit, and 3 MiB in base64 do not fit into it', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant);
  const plain = { '@odata.type': fileType, name: 'a', contentBytes: '' };
  const of = (size: number) =>
    tenant.call('POST', `${path}/attachments`, { ...plain, contentBytes: fileOf(size).toString('base64') });
  expect((await of(measured)).status).toBe(201);
  const refused = await of(3 * 1024 * 1024);
  expect([refused.status, refused.error]).toEqual([
    413,
    'RequestEntityTooLarge: The maximum request length supported is 4MB.',
  ]);
  expect((await tenant.call('GET', `${path}/attachments`)).value).toHaveLength(1);
});

test.each([
  [
    { '@odata.type': undefined },
    /^RequestBodyRead: The property 'contentBytes' does not exist on type 'microsoft.graph.attachment'/,
  ],
  [{ '@odata.type': '#microsoft.graph.itemAttachment' }, /^RequestBodyRead: The property 'contentBytes'/],
  [
    { contentBytes: 'not base64!' },
    /^RequestBodyRead: Cannot convert the literal 'not base64!' to the expected type 'Edm.Binary'/,
  ],
  [
    { contentBytes: 'QUJ' },
    /^RequestBodyRead: Cannot convert the literal 'QUJ' to the expected type 'Edm.Binary'/,
  ],
  [{ name: undefined }, /^RequestBodyRead: Property name in payload/],
  [
    { colour: 'red' },
    /^RequestBodyRead: The property 'colour' does not exist on type 'microsoft.graph.fileAttachment'/,
  ],
])('an attachment with %o is refused', async (more, error) => {
  const tenant = mailTenant();
  const path = await draftIn(tenant);
  const answer = await attach(tenant, path, fileOf(3), more);
  expect(answer.status).toBe(400);
  expect(answer.error).toMatch(error);
  expect((await tenant.call('GET', `${path}/attachments`)).value).toEqual([]);
});

test('attachments are listed, read and deleted one by one', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant);
  const first = await attach(tenant, path, fileOf(5), { name: 'a;"\r\n/b.pdf' });
  const second = await attach(tenant, path, fileOf(6), { isInline: true, contentId: 'logo' });
  const listed = await tenant.call('GET', `${path}/attachments`);
  expect(listed.value).toMatchObject([
    { id: first.text('id'), name: 'a;"\r\n/b.pdf', contentBytes: fileOf(5).toString('base64') },
    { id: second.text('id'), isInline: true, contentId: 'logo' },
  ]);
  const selected = await tenant.call('GET', `${path}/attachments?$select=name,size`);
  expect(selected.value[0]).toEqual({
    '@odata.type': fileType,
    id: first.text('id'),
    name: 'a;"\r\n/b.pdf',
    size: 5,
  });
  const one = `${path}/attachments/${encodeURIComponent(first.text('id'))}`;
  expect((await tenant.call('GET', one)).body).toMatchObject({ size: 5 });
  expect((await tenant.call('DELETE', one)).status).toBe(204);
  expect((await tenant.call('GET', one)).error).toMatch(/^ErrorItemNotFound/);
  expect((await tenant.call('GET', `${path}/attachments/42`)).error).toMatch(/^ErrorInvalidIdMalformed/);
  expect((await tenant.call('GET', path)).body).toMatchObject({ hasAttachments: false });
});

test('the content cannot be selected, as it belongs to file attachments only', async () => {
  const tenant = mailTenant();
  const answer = await tenant.call('GET', `${await draftIn(tenant)}/attachments?$select=contentBytes`);
  expect(answer.error).toBe(
    "RequestBroker--ParseUri: Could not find a property named 'contentBytes' on type 'microsoft.graph.attachment'.",
  );
});

test('a draft may bring its attachments along', async () => {
  const tenant = mailTenant();
  const attachments = [{ '@odata.type': fileType, name: 'a.txt', contentBytes: 'QUJD' }];
  const path = await draftIn(tenant, { attachments });
  expect((await tenant.call('GET', path)).body).not.toHaveProperty('attachments');
  expect((await tenant.call('GET', `${path}/attachments`)).value).toMatchObject([
    { name: 'a.txt', contentType: 'application/octet-stream', contentBytes: 'QUJD' },
  ]);
});

test.each([
  [smallestUpload - 1, 400, 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize'],
  [150 * 1024 * 1024 + 1, 413, 'ErrorAttachmentSizeLimitExceeded'],
])('an upload session for %i bytes is refused', async (size, status, code) => {
  const tenant = mailTenant();
  const answer = await openSession(tenant, { size });
  expect([answer.status, answer.error.split(':')[0]]).toEqual([status, code]);
  expect(tenant.state.uploads).toEqual([]);
});

test.each([smallestUpload, 150 * 1024 * 1024])('an upload session for %i bytes is opened', async (size) => {
  const tenant = mailTenant();
  const answer = await openSession(tenant, { size });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.uploadSession',
    uploadUrl: expect.stringMatching(
      /^https:\/\/outlook\.office\.com\/api\/v2\.0\/Users\('[0-9a-f-]{36}@[0-9a-f-]{36}'\)\/Messages\('[^'/]+'\)\/AttachmentSessions\('[^'/]+'\)\?authtoken=eyJ[^&]+$/,
    ),
    expirationDateTime: '2026-11-23T23:00:00.0000000Z',
    nextExpectedRanges: ['0-'],
  });
});

test.each([
  [{ attachmentType: 'item' }, "RequestBodyRead: Requested value 'item' was not found."],
  [
    { size: '4000000' },
    "RequestBodyRead: Cannot convert the literal '4000000' to the expected type 'Edm.Int64'.",
  ],
  [
    { size: 4_000_000.5 },
    "RequestBodyRead: Cannot convert the literal '4000000.5' to the expected type 'Edm.Int64'.",
  ],
  [
    { type: 'file' },
    /^RequestBodyRead: The property 'type' does not exist on type 'microsoft.graph.attachmentItem'/,
  ],
])('an upload session with %o is refused', async (more, error) => {
  const answer = await openSession(mailTenant(), more);
  expect(answer.status).toBe(400);
  if (typeof error === 'string') expect(answer.error).toBe(error);
  else expect(answer.error).toMatch(error);
});

test('the segment of upload sessions is read in any case, and others are unknown', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant);
  const item = { AttachmentItem: { attachmentType: 'file', name: 'x', size: smallestUpload } };
  for (const segment of ['createUploadSession', 'createuploadsession', 'CREATEUPLOADSESSION']) {
    expect((await tenant.call('POST', `${path}/attachments/${segment}`, item)).status).toBe(201);
  }
  const other = await tenant.call('POST', `${path}/attachments/createSession`, item);
  expect(other.error).toBe("RequestBroker--ParseUri: Resource not found for the segment 'createSession'.");
});

async function openSession(tenant: MailTenant, more: object) {
  const path = await draftIn(tenant);
  return tenant.call('POST', `${path}/attachments/createUploadSession`, {
    AttachmentItem: { attachmentType: 'file', name: 'large.zip', size: 4_000_000, ...more },
  });
}
