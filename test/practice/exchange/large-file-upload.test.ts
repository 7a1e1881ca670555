import { type Client, FileUpload, LargeFileUploadTask } from '@microsoft/microsoft-graph-client';
import { expect, test } from 'vitest';
import { issueAppToken } from '../../../src/practice/login/tokens.ts';
import { createPracticeTenant, type PracticeTenant } from '../../../src/practice/tenant.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';
import { callAsApp } from '../../support/graph-caller.ts';
import { graphClient } from '../../support/graph-client.ts';
import { fileOf, mailboxOf } from '../../support/mail-tenant.ts';
import { signing } from '../../support/signing.ts';

const megabyte = 1024 * 1024;

interface Sender {
  readonly client: Client;
  readonly tenant: PracticeTenant;
  readonly clock: FakeClock;
  /** Path of a draft to Robin in ta@contoso.com. */
  readonly draft: string;
}

/** Microsoft's client, with the token of an app that may write and send mail. */
async function sender(): Promise<Sender> {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock, lagFactor: 0 });
  const { servicePrincipal } = await callAsApp(tenant, ['Mail.ReadWrite', 'Mail.Send']);
  const client = await graphClient(tenant, await issueAppToken(tenant.state, servicePrincipal));
  const { id } = await client.api('/users/ta@contoso.com/messages').post({
    subject: 'Hours of week 48',
    body: { contentType: 'Text', content: 'See the file.' },
    toRecipients: [{ emailAddress: { address: 'robin@contoso.com' } }],
  });
  return { client, tenant, clock, draft: `/users/ta@contoso.com/messages/${encodeURIComponent(id)}` };
}

async function openTask({ client, draft }: Sender, file: FileUpload, rangeSize: number) {
  const session = await LargeFileUploadTask.createUploadSession(
    client,
    `${draft}/attachments/createUploadSession`,
    { AttachmentItem: { attachmentType: 'file', name: file.name, size: file.size } },
  );
  return new LargeFileUploadTask(client, file, session, { rangeSize });
}

test("Microsoft's client uploads a large attachment and sends it", async () => {
  const sent = await sender();
  const bytes = fileOf(10 * megabyte);
  const task = await openTask(sent, new FileUpload(bytes, 'hours.bin', bytes.length), 3_932_160);
  const result = await task.upload();
  expect(result.location).toMatch(/^https:\/\/outlook\.office\.com\/api\/v2\.0\/.*\/Attachments\('.+'\)$/);
  await sent.client.api(`${sent.draft}/send`).post({});
  const [received] = mailboxOf(sent.tenant.state, 'robin').mails;
  expect(received?.attachments.map((each) => bytes.equals(each.bytes))).toEqual([true]);
});

test("Microsoft's client resumes where the server stands", async () => {
  const sent = await sender();
  const bytes = fileOf(3 * megabyte + 1);
  const task = await openTask(sent, new FileUpload(bytes, 'x.bin', bytes.length), megabyte);
  await task.uploadSlice(new Blob([bytes.subarray(0, 1000)]), { minValue: 0, maxValue: 999 }, bytes.length);
  await task.resume();
  const { value } = await sent.client.api(`${sent.draft}/attachments`).get();
  expect(Buffer.from(value[0].contentBytes, 'base64').equals(bytes)).toBe(true);
});

test("Microsoft's client cancels an upload", async () => {
  const sent = await sender();
  const bytes = fileOf(3 * megabyte);
  const task = await openTask(sent, new FileUpload(bytes, 'x.bin', bytes.length), megabyte);
  const answer = await task.cancel();
  expect(answer).toMatchObject({ status: 204 });
  await expect(task.upload()).resolves.toBeUndefined();
  expect(sent.tenant.state.uploads).toEqual([]);
});

test("Microsoft's client reads the errors of Exchange", async () => {
  const { client } = await sender();
  await expect(client.api('/users/ta@contoso.com/messages/42').get()).rejects.toMatchObject({
    statusCode: 400,
    code: 'ErrorInvalidIdMalformed',
    message: 'Id is malformed.',
  });
  await expect(client.api('/users/nils@contoso.com/messages').get()).rejects.toMatchObject({
    statusCode: 404,
    code: 'MailboxNotEnabledForRESTAPI',
  });
});

test('an OData key in brackets names a message too', async () => {
  const { client, draft } = await sender();
  const [, , , , id] = draft.split('/');
  const found = await client.api(`/users('ta@contoso.com')/messages('${id}')`).get();
  expect(found.subject).toBe('Hours of week 48');
});
