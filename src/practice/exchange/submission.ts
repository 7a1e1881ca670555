import { graphTime } from '../clock.ts';
import { edges } from '../lag.ts';
import type { Json, Mail, Mailbox, State } from '../state.ts';
import { isDistributionList, isOfTenant, mailboxAt } from './addresses.ts';
import { limits } from './limits.ts';
import { mailFaults } from './mail-faults.ts';
import { newChangeKey, newItemId } from './mail-ids.ts';
import { type Message, type MessageRecipient, messageOf } from './message.ts';
import { nonDeliveryReport } from './non-delivery.ts';

/** Everything that can be refused is refused before anything moves. */
export function submit(state: State, mailbox: Mailbox, mail: Mail): void {
  const message = messageOf(mail);
  checkRecipients(recipientsOf(message));
  checkSender(mailbox, message);
  checkSize(mailbox, mail, message);
  markSent(state, mail);
  deliver(
    state,
    mailbox,
    mail,
    recipientsOf(message).map((each) => each.emailAddress.address),
  );
}

function recipientsOf({ toRecipients, ccRecipients, bccRecipients }: Message): MessageRecipient[] {
  return [...toRecipients, ...ccRecipients, ...bccRecipients];
}

function checkRecipients(recipients: readonly MessageRecipient[]): void {
  if (recipients.length === 0) throw mailFaults.noRecipients();
  if (recipients.length > limits.recipients) throw mailFaults.tooManyRecipients();
  const unresolved = recipients.find(
    ({ emailAddress }) => !/^[^\s@<>()",;:]+@[^\s@<>()",;:]+$/.test(emailAddress.address),
  );
  if (unresolved) throw mailFaults.unresolvedRecipient(unresolved.emailAddress.address);
}

function checkSender(mailbox: Mailbox, { from }: Message): void {
  if (!mailbox.addresses.includes(from.emailAddress.address.toLowerCase())) throw mailFaults.sendAsDenied();
}

function checkSize(mailbox: Mailbox, mail: Mail, { body }: Message): void {
  const attached = mail.attachments.reduce((sum, each) => sum + each.bytes.length, 0);
  if (attached + Buffer.byteLength(body.content) > mailbox.sendLimit) throw mailFaults.messageTooLarge();
}

/** The move to Sent Items takes a moment and gives a new id; the immutable one stays. */
function markSent(state: State, mail: Mail): void {
  const now = state.clock.now();
  const time = graphTime(now);
  mail.folder = 'sentitems';
  mail.visibleAt = now + edges.sendToSentItems * state.lag.factor;
  mail.firstId ??= mail.id;
  mail.id = newItemId(state.ids);
  Object.assign(mail.graph, {
    isDraft: false,
    sentDateTime: time,
    receivedDateTime: time,
    lastModifiedDateTime: time,
    changeKey: newChangeKey(state.ids),
  });
}

/**
 * Brings copies of a sent mail to where its addresses lead: mailboxes of the tenant, a non-delivery report to the
 * sender for addresses no one has, the outbox for the world outside.
 */
function deliver(state: State, sender: Mailbox, sent: Mail, addresses: readonly string[]): void {
  const at = state.clock.now() + edges.sendToDelivery * state.lag.factor;
  const receivers = new Set<Mailbox>();
  const unknown: string[] = [];
  let leavesTenant = false;
  for (const address of addresses) {
    const mailbox = mailboxAt(state, address);
    if (mailbox) receivers.add(mailbox);
    else if (isDistributionList(state, address)) continue;
    else if (isOfTenant(state, address)) unknown.push(address);
    else leavesTenant = true;
  }
  for (const receiver of receivers) receiver.mails.push(receivedCopy(state, sent, at));
  if (leavesTenant) state.outbox.push(receivedCopy(state, sent, at));
  if (unknown.length > 0) sender.mails.push(nonDeliveryReport(state, sender, sent, unknown, at));
}

function receivedCopy(state: State, sent: Mail, at: number): Mail {
  return {
    id: newItemId(state.ids),
    folder: 'inbox',
    visibleAt: at,
    attachments: sent.attachments.map((each) => ({ ...each, id: newItemId(state.ids) })),
    graph: {
      ...structuredClone(sent.graph),
      createdDateTime: graphTime(at),
      lastModifiedDateTime: graphTime(at),
      receivedDateTime: graphTime(at),
      changeKey: newChangeKey(state.ids),
      isRead: false,
      bccRecipients: [],
      internetMessageHeaders: headersOf(state, sent, at),
    },
  };
}

/** What the way through the mail servers adds, then the sender's own. */
function headersOf(state: State, sent: Mail, at: number): Json[] {
  const { from, subject, internetMessageId, internetMessageHeaders } = messageOf(sent);
  const date = new Date(at).toUTCString().replace('GMT', '+0000');
  const [, server] = internetMessageId.slice(0, -1).split('@');
  return [
    { name: 'Received', value: `from ${server} by ${server} with mapi; ${date}` },
    { name: 'From', value: `${from.emailAddress.name} <${from.emailAddress.address}>` },
    { name: 'Subject', value: subject },
    { name: 'Date', value: date },
    { name: 'Message-ID', value: internetMessageId },
    { name: 'MIME-Version', value: '1.0' },
    { name: 'X-MS-Exchange-CrossTenant-Id', value: state.organization.id },
    ...internetMessageHeaders,
  ];
}
