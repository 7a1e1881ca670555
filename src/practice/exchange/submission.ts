import { graphTime } from '../clock.ts';
import { edges } from '../lag.ts';
import type { Mail, Mailbox, State } from '../state.ts';
import { deliver } from './delivery.ts';
import { limits } from './limits.ts';
import { mailFaults } from './mail-faults.ts';
import { newChangeKey, newItemId } from './mail-ids.ts';
import { type Message, type MessageRecipient, messageOf } from './message.ts';

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

/** The move to Sent Items takes a moment and gives a new id, unless the id is an immutable one. */
function markSent(state: State, mail: Mail): void {
  const now = state.clock.now();
  const time = graphTime(now);
  mail.folder = 'sentitems';
  mail.visibleAt = now + edges.sendToSentItems * state.lag.factor;
  if (!mail.immutable) mail.id = newItemId(state.ids);
  Object.assign(mail.graph, {
    isDraft: false,
    sentDateTime: time,
    receivedDateTime: time,
    lastModifiedDateTime: time,
    changeKey: newChangeKey(state.ids),
  });
}
