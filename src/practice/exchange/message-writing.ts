import { graphTime } from '../clock.ts';
import type { Json, Mail, Mailbox, State } from '../state.ts';
import { directoryName, primaryAddress } from './addresses.ts';
import { extendedWith } from './extended-properties.ts';
import { limits } from './limits.ts';
import { mailFaults } from './mail-faults.ts';
import { newChangeKey } from './mail-ids.ts';
import { type MessageRecipient, messageOf } from './message.ts';
import type { MessageInput, RecipientInput } from './message-schema.ts';
import { previewOf, wrapHtml } from './message-text.ts';

/** Takes over what the client wrote, in the form that Exchange gives it. */
export function writeMessage(state: State, mailbox: Mailbox, mail: Mail, input: MessageInput): void {
  checkHeaders(input);
  checkStillWritable(mail, input);
  const written = Object.entries(storedForm(state, mailbox, input)).filter(
    ([, value]) => value !== undefined,
  );
  Object.assign(mail.graph, Object.fromEntries(written), {
    singleValueExtendedProperties: extendedWith(mail, input.singleValueExtendedProperties ?? []),
    changeKey: newChangeKey(state.ids),
    lastModifiedDateTime: graphTime(state.clock.now()),
  });
}

function storedForm(state: State, mailbox: Mailbox, input: MessageInput): Json {
  const { body, from, sender = from, singleValueExtendedProperties: _extended, ...rest } = input;
  const named = (list: readonly RecipientInput[] | null | undefined) =>
    list === undefined ? undefined : (list ?? []).map((each) => withName(state, each));
  const set = Object.entries(rest).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(set),
    subject: input.subject === null ? '' : input.subject,
    categories: input.categories === null ? [] : input.categories,
    from: from ? asSender(state, mailbox, from) : undefined,
    sender: sender ? asSender(state, mailbox, sender) : undefined,
    toRecipients: named(input.toRecipients),
    ccRecipients: named(input.ccRecipients),
    bccRecipients: named(input.bccRecipients),
    replyTo: named(input.replyTo),
    ...(body ? bodyProperties(body.contentType ?? 'text', body.content ?? '') : {}),
  };
}

function bodyProperties(contentType: 'text' | 'html', content: string): Json {
  return {
    body: { contentType, content: contentType === 'html' ? wrapHtml(content) : content },
    bodyPreview: previewOf(contentType, content),
  };
}

function withName(state: State, { emailAddress }: RecipientInput): MessageRecipient {
  const address = emailAddress.address ?? '';
  return {
    emailAddress: { name: emailAddress.name ?? directoryName(state, address) ?? address, address },
  };
}

/**
 * The name a sender writes is lost: Exchange shows the one in the directory, and an alias as the primary address
 * (github.com/EvotecIT/Mailozaurr/issues/39).
 */
function asSender(state: State, mailbox: Mailbox, { emailAddress }: RecipientInput): MessageRecipient {
  const address = emailAddress.address ?? primaryAddress(mailbox);
  const own = mailbox.addresses.includes(address.toLowerCase());
  return {
    emailAddress: {
      name: directoryName(state, address) ?? emailAddress.name ?? address,
      address: own ? primaryAddress(mailbox) : address,
    },
  };
}

function checkHeaders({ internetMessageHeaders }: MessageInput): void {
  const headers = internetMessageHeaders ?? [];
  const foreign = headers.find((header) => !/^x-/i.test(header.name));
  if (foreign) throw mailFaults.headerName(foreign.name);
  if (headers.length > limits.customHeaders) throw mailFaults.headerCount(limits.customHeaders);
}

/** learn.microsoft.com/graph/api/message-update lists what may change only while the message is a draft. */
const draftOnly = [
  'subject',
  'body',
  'from',
  'sender',
  'toRecipients',
  'ccRecipients',
  'bccRecipients',
  'replyTo',
  'internetMessageHeaders',
  'internetMessageId',
] as const;

function checkStillWritable(mail: Mail, input: MessageInput): void {
  if (messageOf(mail).isDraft) return;
  const refused = draftOnly.find((name) => input[name] !== undefined);
  if (refused) throw mailFaults.notADraft(refused);
}
