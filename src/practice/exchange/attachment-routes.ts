import type { Context, Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { columnsOf, graphEmpty, graphJson, graphRoot } from '../graph/answer.ts';
import type { AttachmentState, Mail, Mailbox, State } from '../state.ts';
import {
  addAttachment,
  attachmentById,
  attachmentInput,
  attachmentJson,
  uploadInput,
} from './attachments.ts';
import { findMail } from './folders.ts';
import { type MailUse, openMailbox } from './mailbox-access.ts';
import { contextOf } from './message-answer.ts';
import { optionsOf, readNumber } from './message-query.ts';
import { readMessageBody } from './request-body.ts';
import { readAttachmentSelect } from './select.ts';
import { openUpload, uploadExpiry, uploadUrl } from './uploads.ts';

export function addAttachmentRoutes(app: Hono<CallerEnv>, state: State): void {
  app.post('/messages/:id/attachments', async (c) => {
    const mailbox = openMailbox(c, state, 'write');
    const input = await readMessageBody(c, attachmentInput, 'microsoft.graph.fileAttachment');
    const mail = findMail(state, mailbox, c.req.param('id'));
    return answer(c, state, mailbox, mail, addAttachment(state, mail, input), 201);
  });

  app.get('/messages/:id/attachments', (c) => {
    const { mailbox, mail } = openMail(c, state, 'read');
    const options = optionsOf(c, ['select', 'top']);
    const select = readAttachmentSelect(options.get('select'));
    const top = readNumber(options, 'top', { least: 1, most: 1000, usual: 1000 });
    return graphJson(c, state, {
      '@odata.context': contextOf(mailbox, `${attachmentsOf(mail)}${columnsOf(select)}`),
      value: mail.attachments.slice(0, top).map((each) => attachmentJson(each, select)),
    });
  });

  app.get('/messages/:id/attachments/:attachment', (c) => {
    const { mailbox, mail } = openMail(c, state, 'read');
    return answer(c, state, mailbox, mail, attachmentById(mail, c.req.param('attachment')), 200);
  });

  app.get('/messages/:id/attachments/:attachment/$value', (c) => {
    const { mail } = openMail(c, state, 'read');
    const { graph, bytes } = attachmentById(mail, c.req.param('attachment'));
    const { contentType } = graph;
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': String(contentType) });
  });

  app.delete('/messages/:id/attachments/:attachment', (c) => {
    const { mail } = openMail(c, state, 'write');
    const attachment = attachmentById(mail, c.req.param('attachment'));
    mail.attachments.splice(mail.attachments.indexOf(attachment), 1);
    return graphEmpty(c, state, 204);
  });

  app.post('/messages/:id/attachments/createUploadSession', async (c) => {
    const mailbox = openMailbox(c, state, 'write');
    const { AttachmentItem } = await readMessageBody(c, uploadInput, 'microsoft.graph.attachmentItem', [
      'AttachmentItem',
    ]);
    const mail = findMail(state, mailbox, c.req.param('id'));
    const upload = openUpload(state, mailbox, mail, AttachmentItem);
    return graphJson(
      c,
      state,
      {
        '@odata.context': `${graphRoot}/$metadata#microsoft.graph.uploadSession`,
        uploadUrl: uploadUrl(state, upload),
        expirationDateTime: uploadExpiry(upload),
        nextExpectedRanges: ['0-'],
      },
      201,
    );
  });
}

function openMail(c: Context<CallerEnv>, state: State, use: MailUse): { mailbox: Mailbox; mail: Mail } {
  const mailbox = openMailbox(c, state, use);
  return { mailbox, mail: findMail(state, mailbox, c.req.param('id') ?? '') };
}

function attachmentsOf(mail: Mail): string {
  return `messages('${encodeURIComponent(mail.id)}')/attachments`;
}

function answer(
  c: Context<CallerEnv>,
  state: State,
  mailbox: Mailbox,
  mail: Mail,
  attachment: AttachmentState,
  status: 200 | 201,
): Response {
  const select = readAttachmentSelect(optionsOf(c, ['select']).get('select'));
  const context = contextOf(mailbox, `${attachmentsOf(mail)}${columnsOf(select)}/$entity`);
  const body = { '@odata.context': context, ...attachmentJson(attachment, select) };
  return graphJson(c, state, body, status);
}
