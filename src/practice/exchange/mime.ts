import PostalMime, { type Address, type Attachment } from 'postal-mime';
import type { Mail, Mailbox, State } from '../state.ts';
import { attachFile } from './attachments.ts';
import { emptyDraft } from './draft.ts';
import { mailFaults } from './mail-faults.ts';
import { writeMessage } from './message-writing.ts';

/** A draft of what stands in a message in MIME, base64-encoded: learn.microsoft.com/graph/outlook-send-mime-message */
export async function mimeDraft(state: State, mailbox: Mailbox, body: Buffer): Promise<Mail> {
  const base64 = body.toString('latin1').replaceAll(/\s/g, '');
  const bytes = Buffer.from(base64, 'base64');
  if (base64 === '' || bytes.toString('base64') !== base64) throw mailFaults.badMimeBase64();
  const read = await PostalMime.parse(bytes);
  if (!read.headers.some(({ key }) => /^[a-z-]+$/.test(key))) throw mailFaults.badMime();
  const [from] = recipients(read.from ? [read.from] : []);
  const mail = emptyDraft(state, mailbox);
  writeMessage(state, mailbox, mail, {
    subject: read.subject ?? '',
    body:
      read.html === undefined
        ? { contentType: 'text', content: read.text ?? '' }
        : { contentType: 'html', content: read.html },
    ...(from && { from }),
    toRecipients: recipients(read.to),
    ccRecipients: recipients(read.cc),
    bccRecipients: recipients(read.bcc),
    replyTo: recipients(read.replyTo),
  });
  for (const attachment of read.attachments) attach(state, mail, attachment);
  const own = read.headers.filter(({ key }) => key.startsWith('x-'));
  Object.assign(mail.graph, {
    ...(read.messageId && { internetMessageId: read.messageId }),
    internetMessageHeaders: own.map(({ originalKey, value }) => ({ name: originalKey, value })),
  });
  return mail;
}

function attach(state: State, mail: Mail, { content, ...attachment }: Attachment): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
  const file = {
    name: attachment.filename ?? 'attachment',
    contentType: attachment.mimeType,
    isInline: attachment.disposition === 'inline',
    contentId: attachment.contentId?.replace(/^<|>$/g, '') ?? null,
  };
  attachFile(state, mail, file, bytes);
}

function recipients(addresses: readonly Address[] = []) {
  return addresses
    .flatMap((one) => one.group ?? [one])
    .map(({ name, address }) => ({ emailAddress: { ...(name && { name }), address: address ?? '' } }));
}
