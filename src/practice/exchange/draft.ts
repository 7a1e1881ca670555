import { graphTime } from '../clock.ts';
import type { Mail, Mailbox, State } from '../state.ts';
import { primaryAddress } from './addresses.ts';
import { addAttachment } from './attachments.ts';
import { ofClass } from './extended-properties.ts';
import { newChangeKey, newConversationId, newInternetMessageId, newItemId } from './mail-ids.ts';
import type { NewMessageInput } from './message-schema.ts';
import { writeMessage } from './message-writing.ts';

/** A draft with what the client put into it, as yet in no mailbox. */
export function createDraftMessage(
  state: State,
  mailbox: Mailbox,
  { attachments, ...input }: NewMessageInput,
): Mail {
  const mail = emptyDraft(state, mailbox);
  writeMessage(state, mailbox, mail, input);
  for (const attachment of attachments ?? []) addAttachment(state, mail, attachment);
  return mail;
}

/** An empty draft of this mailbox, not yet in it. */
export function emptyDraft(state: State, mailbox: Mailbox): Mail {
  const now = state.clock.now();
  const time = graphTime(now);
  const self = { name: mailbox.displayName, address: primaryAddress(mailbox) };
  return {
    id: newItemId(state.ids),
    folder: 'drafts',
    visibleAt: now,
    attachments: [],
    graph: {
      createdDateTime: time,
      lastModifiedDateTime: time,
      changeKey: newChangeKey(state.ids),
      categories: [],
      receivedDateTime: time,
      sentDateTime: time,
      internetMessageId: newInternetMessageId(state.ids),
      subject: '',
      bodyPreview: '',
      importance: 'normal',
      conversationId: newConversationId(state.ids),
      conversationIndex: state.ids.text(30, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
      isDeliveryReceiptRequested: false,
      isReadReceiptRequested: false,
      isRead: true,
      isDraft: true,
      inferenceClassification: 'focused',
      body: { contentType: 'text', content: '' },
      sender: { emailAddress: self },
      from: { emailAddress: self },
      toRecipients: [],
      ccRecipients: [],
      bccRecipients: [],
      replyTo: [],
      internetMessageHeaders: [],
      flag: { flagStatus: 'notFlagged' },
      singleValueExtendedProperties: ofClass('IPM.Note'),
    },
  };
}
