import * as z from 'zod/mini';
import { attachmentInput } from './attachment-schema.ts';

const emailAddress = z.strictObject({ name: z.optional(z.string()), address: z.optional(z.string()) });
const recipient = z.strictObject({ emailAddress });
const recipients = z.optional(z.array(recipient));
const flag = z.optional(z.boolean());

/** Graph reads names of values in any case and writes them in lower case. */
function oneOf<const V extends readonly [string, ...string[]]>(values: V) {
  return z.optional(z.pipe(z.string().check(z.toLowerCase()), z.enum(values)));
}

/** The properties of a message that a client may write. learn.microsoft.com/graph/api/resources/message */
export const messageInput = z.strictObject({
  '@odata.type': z.optional(z.literal('#microsoft.graph.message')),
  subject: z.optional(z.nullable(z.string())),
  importance: oneOf(['low', 'normal', 'high']),
  inferenceClassification: oneOf(['focused', 'other']),
  body: z.optional(z.strictObject({ contentType: oneOf(['text', 'html']), content: z.optional(z.string()) })),
  from: z.optional(recipient),
  sender: z.optional(recipient),
  toRecipients: recipients,
  ccRecipients: recipients,
  bccRecipients: recipients,
  replyTo: recipients,
  categories: z.optional(z.array(z.string())),
  isRead: flag,
  isDeliveryReceiptRequested: flag,
  isReadReceiptRequested: flag,
  internetMessageHeaders: z.optional(z.array(z.strictObject({ name: z.string(), value: z.string() }))),
});

/** A new message may bring small attachments along. */
export const newMessageInput = z.extend(messageInput, {
  attachments: z.optional(z.array(attachmentInput)),
});

export const sendMailInput = z.strictObject({
  message: newMessageInput,
  saveToSentItems: flag,
});

export type MessageInput = z.output<typeof messageInput>;
export type NewMessageInput = z.output<typeof newMessageInput>;
export type RecipientInput = z.output<typeof recipient>;
