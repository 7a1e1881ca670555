import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftIn, fileOf, type MailTenant, mailboxOf, mailTenant } from '../../support/mail-tenant.ts';

const megabyte = 1024 * 1024;

interface Session {
  readonly tenant: MailTenant;
  readonly path: string;
  readonly url: string;
  readonly file: Buffer;
}

async function openSession(size: number, more: object = {}): Promise<Session> {
  const tenant = mailTenant();
  const path = await draftIn(tenant);
  const session = await tenant.call('POST', `${path}/attachments/createUploadSession`, {
    AttachmentItem: { attachmentType: 'file', name: 'large.zip', size, ...more },
  });
  return { tenant, path, url: session.text('uploadUrl'), file: fileOf(size) };
}

/** Puts bytes `from` up to and without `end`. */
function put(
  { tenant, url, file }: Session,
  from: number,
  end: number,
  headers: Record<string, string> = {},
) {
  return tenant.call('PUT', url, file.subarray(from, end), {
    'Content-Type': 'application/octet-stream',
    'Content-Range': `bytes ${from}-${end - 1}/${file.length}`,
    ...headers,
  });
}

const attached = ({ tenant }: Session) =>
  mailboxOf(tenant.state, 'ta').mails.flatMap((mail) => mail.attachments);

test('ranges are answered as Outlook does, and the last one says where the attachment is', async () => {
  const session = await openSession(5 * megabyte, {
    contentType: 'application/zip',
    isInline: true,
    contentId: 'z',
  });
  const first = await put(session, 0, 3 * megabyte);
  expect(first.status).toBe(200);
  expect(first.body).toEqual({
    '@odata.context': expect.stringMatching(
      /^https:\/\/outlook\.office\.com\/api\/v2\.0\/\$metadata#Users\('.+'\)\/Messages\('.+'\)\/AttachmentSessions\/\$entity$/,
    ),
    ExpirationDateTime: '2026-11-23T23:00:00.0000000Z',
    nextExpectedRanges: [String(3 * megabyte)],
  });
  expect((await session.tenant.call('GET', `${session.path}/attachments`)).value).toEqual([]);
  const last = await put(session, 3 * megabyte, 5 * megabyte);
  expect([last.status, last.bytes.length]).toEqual([201, 0]);
  const location = last.headers.get('location') ?? '';
  expect(location).toMatch(
    /^https:\/\/outlook\.office\.com\/api\/v2\.0\/Users\('.+'\)\/Messages\('.+'\)\/Attachments\('.+'\)$/,
  );
  const id = /Attachments\('(.+)'\)$/.exec(location)?.[1];
  const found = await session.tenant.call('GET', `${session.path}/attachments/${id}`);
  expect(found.body).toMatchObject({
    name: 'large.zip',
    size: 5 * megabyte,
    contentType: 'application/zip',
    isInline: true,
    contentId: 'z',
  });
});

test.each([3 * megabyte, 3 * megabyte + 1, 10 * megabyte])(
  'a file of %i bytes arrives byte for byte',
  async (size) => {
    const session = await openSession(size);
    for (let from = 0; from < size; from += 4 * megabyte) {
      const answer = await put(session, from, Math.min(from + 4 * megabyte, size));
      expect(answer.status).toBe(from + 4 * megabyte >= size ? 201 : 200);
    }
    expect(attached(session).map(({ bytes }) => session.file.equals(bytes))).toEqual([true]);
  },
);

test('any split into ordered ranges of at most 4 MB arrives byte for byte', async () => {
  const size = 3 * megabyte + 12_345;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: size - 1 }), { maxLength: 8 }),
      async (cuts) => {
        const session = await openSession(size);
        const ends = [...cuts.toSorted((one, other) => one - other), size];
        let from = 0;
        for (const end of ends) {
          expect((await put(session, from, end)).status).toBe(end === size ? 201 : 200);
          from = end;
        }
        expect(attached(session).map(({ bytes }) => session.file.equals(bytes))).toEqual([true]);
      },
    ),
    { numRuns: 20 },
  );
});

test('any range out of order is refused and changes nothing', async () => {
  const size = 3 * megabyte;
  const session = await openSession(size);
  await put(session, 0, 1000);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: size - 2 }),
      fc.integer({ min: 1, max: 5000 }),
      async (from, length) => {
        fc.pre(from !== 1000);
        const answer = await put(session, from, Math.min(from + length, size));
        expect(answer.status).toBe(416);
        expect((await session.tenant.call('GET', session.url)).body).toMatchObject({
          nextExpectedRanges: ['1000'],
        });
      },
    ),
    { numRuns: 60 },
  );
  await put(session, 1000, size);
  expect(attached(session).map(({ bytes }) => session.file.equals(bytes))).toEqual([true]);
});

test.each([
  [
    'a Graph token',
    { Authorization: 'Bearer x' },
    401,
    /^InvalidAudienceForResource: The audience claim value is invalid for current resource\. Audience claim is 'https:\/\/graph\.microsoft\.com', request url is 'https:\/\/outlook\.office\.com\/api[^?]*'\.$/,
  ],
  [
    'no range',
    { 'Content-Range': '' },
    400,
    /^ErrorInvalidRequest: The Content-Range header is missing or malformed\.$/,
  ],
  ['an open range', { 'Content-Range': 'bytes 0-/4000000' }, 400, /malformed/],
  ['a range that ends before it starts', { 'Content-Range': 'bytes 9-0/4000000' }, 400, /malformed/],
  ['another total', { 'Content-Range': 'bytes 0-9/4000001' }, 400, /opened for a file of 4000000 bytes/],
  [
    'a range longer than its body',
    { 'Content-Range': 'bytes 0-10/4000000' },
    400,
    /does not fit the 10 bytes/,
  ],
  [
    'a range shorter than its body',
    { 'Content-Range': 'bytes 0-8/4000000' },
    400,
    /does not fit the 10 bytes/,
  ],
  [
    'a range past the end',
    { 'Content-Range': 'bytes 0-4000000/4000000' },
    416,
    /^ErrorInvalidRange: .* start at 0 /,
  ],
  [
    'a range in the middle',
    { 'Content-Range': 'bytes 10-19/4000000' },
    416,
    /^ErrorInvalidRange: .* start at 0 /,
  ],
])('a PUT with %s is refused and changes nothing', async (_what, headers, status, error) => {
  const session = await openSession(4_000_000);
  const answer = await put(session, 0, 10, headers);
  expect(answer.status).toBe(status);
  expect(answer.error).toMatch(error);
  expect(session.tenant.state.uploads).toMatchObject([{ received: 0, parts: [] }]);
});

test('a range of more than 4 MB is refused, one of 4 MB is not', async () => {
  const session = await openSession(9 * megabyte);
  const answer = await put(session, 0, 4 * megabyte + 1);
  expect([answer.status, answer.error]).toEqual([
    413,
    'RequestEntityTooLarge: The range is larger than 4 MB.',
  ]);
  expect((await put(session, 0, 4 * megabyte)).status).toBe(200);
});

test('the address alone is the permission', async () => {
  const session = await openSession(4_000_000);
  const missing = { ...session, url: session.url.replace(/\?.*/, '') };
  const wrong = { ...session, url: `${session.url}x` };
  const other = { ...session, url: session.url.replace('AttachmentSessions(', "AttachmentSessions('x') (") };
  expect((await put(missing, 0, 10)).error).toMatch(/^InvalidAuthenticationToken/);
  expect((await put(wrong, 0, 10)).status).toBe(401);
  expect((await put(other, 0, 10)).error).toMatch(/^ErrorItemNotFound/);
  expect((await session.tenant.call('GET', 'https://outlook.office.com/api/v2.0')).status).toBe(404);
});

test('a session that is open is not called missing where it is asked in another way', async () => {
  const { tenant, url } = await openSession(4 * megabyte);
  expect((await tenant.call('POST', url)).error).toMatch(/^NotImplemented: .* POST of an upload session/);
});

test('a session ends after its hour, when it is complete, and when it is cancelled', async () => {
  const expired = await openSession(4_000_000);
  expired.tenant.clock.advance(59 * 60_000);
  expect((await put(expired, 0, 10)).status).toBe(200);
  expired.tenant.clock.advance(60_000);
  expect((await put(expired, 10, 20)).error).toMatch(/^ErrorItemNotFound: The upload session was not found/);

  const complete = await openSession(3 * megabyte);
  await put(complete, 0, 3 * megabyte);
  expect((await complete.tenant.call('GET', complete.url)).status).toBe(404);

  const cancelled = await openSession(4_000_000);
  expect((await cancelled.tenant.call('DELETE', cancelled.url)).status).toBe(204);
  expect((await put(cancelled, 0, 10)).status).toBe(404);
  expect(attached(cancelled)).toEqual([]);
});

test('an upload to a draft that was sent or deleted meanwhile has nowhere to go', async () => {
  const sent = await openSession(4_000_000);
  await sent.tenant.call('POST', `${sent.path}/send`);
  expect((await put(sent, 0, 10)).error).toBe(
    'ErrorItemNotFound: The specified object was not found in the store.',
  );
  const deleted = await openSession(4_000_000);
  await deleted.tenant.call('DELETE', deleted.path);
  expect((await put(deleted, 0, 10)).status).toBe(404);
});

test('of two PUTs of the same range at once only one counts', async () => {
  const session = await openSession(3 * megabyte);
  const answers = await Promise.all([put(session, 0, megabyte), put(session, 0, megabyte)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 416]);
  await put(session, megabyte, 3 * megabyte);
  expect(attached(session).map(({ bytes }) => session.file.equals(bytes))).toEqual([true]);
});
