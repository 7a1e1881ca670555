import { expect, test } from 'vitest';
import {
  draftIn,
  fileOf,
  graph,
  type MailAnswer,
  mailTenant,
  overSocket,
  readAnswer,
} from '../../support/mail-tenant.ts';

const json = { 'Content-Type': 'application/json' };

test('a mail with a small and a large attachment arrives byte for byte, over a socket', async () => {
  const tenant = mailTenant();
  const small = fileOf(20_000);
  const large = fileOf(10 * 1024 * 1024);
  await overSocket(tenant, async (fetch) => {
    const call = async (method: string, path: string, body?: unknown): Promise<MailAnswer> =>
      readAnswer(
        await fetch(`https://graph.microsoft.com/v1.0/users/ta@contoso.com${path}`, {
          method,
          ...(body ? { headers: json, body: JSON.stringify(body) } : {}),
        }),
      );
    const draft = await call('POST', '/messages', {
      subject: 'Hours of week 48',
      body: { contentType: 'HTML', content: '<p>See the files.</p>' },
      toRecipients: [{ emailAddress: { address: 'robin@contoso.com' } }],
    });
    expect(draft.status).toBe(201);
    const message = `/messages/${encodeURIComponent(draft.text('id'))}`;
    const posted = await call('POST', `${message}/attachments`, {
      '@odata.type': '#microsoft.graph.fileAttachment',
      name: 'small.bin',
      contentBytes: small.toString('base64'),
    });
    expect(posted.status).toBe(201);
    const session = await call('POST', `${message}/attachments/createuploadsession`, {
      AttachmentItem: { attachmentType: 'file', name: 'large.bin', size: large.length },
    });
    expect(session.status).toBe(201);
    for (let from = 0; from < large.length; from += 3_932_160) {
      const range = large.subarray(from, from + 3_932_160);
      const answer = await fetch(session.text('uploadUrl'), {
        method: 'PUT',
        body: range,
        headers: {
          'Content-Type': 'application/octet-stream',
          'Content-Length': String(range.length),
          'Content-Range': `bytes ${from}-${from + range.length - 1}/${large.length}`,
        },
      });
      expect(answer.status).toBe(from + range.length < large.length ? 200 : 201);
    }
    expect((await call('POST', `${message}/send`)).status).toBe(202);
  });
  tenant.clock.advance(1000);
  const inbox = await tenant.call('GET', '/users/robin@contoso.com/mailFolders/inbox/messages');
  expect(inbox.value).toMatchObject([{ subject: 'Hours of week 48', hasAttachments: true, isRead: false }]);
  const [received] = tenant.state.mailboxes
    .flatMap((mailbox) => mailbox.mails)
    .filter((m) => m.folder === 'inbox');
  expect(
    received?.attachments.map(({ bytes }) => Buffer.compare(bytes, bytes.length > 20_000 ? large : small)),
  ).toEqual([0, 0]);
});

test('an id that is not percent-encoded breaks the path', async () => {
  const tenant = mailTenant();
  const draft = await tenant.call('POST', '/users/ta@contoso.com/messages', { subject: 'x' });
  const id = draft.text('id');
  expect(id).toMatch(/\/.*\+.*=$/);
  const raw = await tenant.call('GET', `/users/ta@contoso.com/messages/${id}`);
  expect(raw.status).toBe(400);
  expect(raw.error).toBe(
    `RequestBroker--ParseUri: Resource not found for the segment '${id.split('/').at(-1)}'.`,
  );
  const encoded = await tenant.call('GET', `/users/ta@contoso.com/messages/${encodeURIComponent(id)}`);
  expect(encoded.text('id')).toBe(id);
});

test('what mail does not have under a message is an unknown segment', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant);
  for (const [method, segment] of [
    ['GET', 'nonsense'],
    ['POST', 'forwardd'],
  ] as const) {
    const answer = await tenant.call(method, `${path}/${segment}`, method === 'POST' ? {} : undefined);
    expect(answer.status).toBe(400);
    expect(answer.error).toBe(`RequestBroker--ParseUri: Resource not found for the segment '${segment}'.`);
  }
});

test('the fifth request at once of one app to one mailbox is throttled, and the next one is not', async () => {
  const tenant = mailTenant();
  const path = await draftIn(tenant);
  const gate = Promise.withResolvers<void>();
  const held = () => {
    const request = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: new ReadableStream({
        async pull(controller) {
          await gate.promise;
          controller.close();
        },
      }),
      duplex: 'half',
    };
    return tenant.fetch(new Request(`${graph}${path}/attachments`, request));
  };
  const running = [held(), held(), held(), held()];
  const fifth = await tenant.call('GET', path);
  expect(fifth.status).toBe(429);
  expect(fifth.error).toBe('ApplicationThrottled: Application is over its MailboxConcurrency limit.');
  expect((await tenant.call('GET', '/users/robin@contoso.com/messages')).status).toBe(200);
  gate.resolve();
  await Promise.all(running);
  expect((await tenant.call('GET', path)).status).toBe(200);
});

test('the same script gives the same ids', async () => {
  const script = async () => {
    const tenant = mailTenant();
    const path = await draftIn(tenant);
    await tenant.call('POST', `${path}/send`);
    tenant.clock.advance(1000);
    const { body } = await tenant.call('GET', '/users/robin@contoso.com/messages');
    return { path, body };
  };
  expect(await script()).toEqual(await script());
});

test('a refusal is heard over a socket though the whole body was not wanted', async () => {
  const tenant = mailTenant();
  const large = fileOf(12 * 1024 * 1024);
  const upload = "https://outlook.office.com/api/v2.0/Users('x')/Messages('x')/AttachmentSessions('x')";
  await overSocket(tenant, async (fetch) => {
    const put = { method: 'PUT', body: large, headers: { 'Content-Length': String(large.length) } };
    const authorized = { ...put, headers: { ...put.headers, Authorization: 'Bearer x' } };
    const post = { ...put, method: 'POST', headers: { ...put.headers, ...json } };
    expect((await fetch(upload, put)).status).toBe(404);
    expect((await fetch(upload, authorized)).status).toBe(401);
    expect((await fetch(`${graph}/users/ta@contoso.com/messages`, post)).status).toBe(413);
    expect((await fetch(`${graph}/users/nobody@contoso.com/messages`, post)).status).toBe(404);
  });
});
