import * as z from 'zod/mini';
import type { Mail } from '../state.ts';

const recipient = z.object({ emailAddress: z.object({ name: z.string(), address: z.string() }) });
const recipients = z.array(recipient);

/** What the practice tenant reads back out of a stored message. */
const message = z.object({
  subject: z.string(),
  body: z.object({ contentType: z.string(), content: z.string() }),
  from: recipient,
  toRecipients: recipients,
  ccRecipients: recipients,
  bccRecipients: recipients,
  internetMessageId: z.string(),
  internetMessageHeaders: z.array(z.object({ name: z.string(), value: z.string() })),
  conversationId: z.string(),
  changeKey: z.string(),
  isRead: z.boolean(),
  isDraft: z.boolean(),
});

export type Message = z.output<typeof message>;
export type MessageRecipient = z.output<typeof recipient>;

export function messageOf(mail: Mail): Message {
  return z.parse(message, mail.graph);
}
