import * as z from 'zod/mini';
import { attachmentInput } from './attachments.ts';
import { flag, maybe, oneOf } from './lenient.ts';

const emailAddress = z.strictObject({ name: maybe(z.string()), address: maybe(z.string()) });
const recipient = z.strictObject({ emailAddress });
const recipients = maybe(z.array(recipient));

const instant = z.strictObject({ dateTime: z.string(), timeZone: z.string() });
const followUp = z.strictObject({
  flagStatus: oneOf(['notFlagged', 'complete', 'flagged']),
  startDateTime: maybe(instant),
  dueDateTime: maybe(instant),
  completedDateTime: maybe(instant),
});

/** The properties of a message that a client may write. learn.microsoft.com/graph/api/resources/message */
export const messageInput = z.strictObject({
  subject: maybe(z.string()),
  internetMessageId: maybe(z.string()),
  importance: oneOf(['low', 'normal', 'high']),
  inferenceClassification: oneOf(['focused', 'other']),
  body: maybe(z.strictObject({ contentType: oneOf(['text', 'html']), content: maybe(z.string()) })),
  from: maybe(recipient),
  sender: maybe(recipient),
  toRecipients: recipients,
  ccRecipients: recipients,
  bccRecipients: recipients,
  replyTo: recipients,
  categories: maybe(z.array(z.string())),
  isRead: maybe(flag),
  isDeliveryReceiptRequested: maybe(flag),
  isReadReceiptRequested: maybe(flag),
  flag: maybe(followUp),
  internetMessageHeaders: maybe(z.array(z.strictObject({ name: z.string(), value: z.string() }))),
  singleValueExtendedProperties: maybe(z.array(z.strictObject({ id: z.string(), value: z.string() }))),
});

/** A new message may bring small attachments along. */
export const newMessageInput = z.extend(messageInput, {
  attachments: maybe(z.array(attachmentInput)),
});

export const sendMailInput = z.strictObject({
  message: newMessageInput,
  saveToSentItems: maybe(flag),
});

export type MessageInput = z.output<typeof messageInput>;
export type NewMessageInput = z.output<typeof newMessageInput>;
export type RecipientInput = z.output<typeof recipient>;
