import { graphTime } from '../clock.ts';
import type { Mail, Mailbox, State } from '../state.ts';
import { primaryAddress } from './addresses.ts';
import { emptyDraft } from './draft.ts';
import { ofClass } from './extended-properties.ts';
import { languages } from './languages.ts';
import { messageOf } from './message.ts';
import { escapeHtml, previewOf, wrapHtml } from './message-text.ts';

/** What Exchange sends back when an address of its own domain has no mailbox. */
export function nonDeliveryReport(
  state: State,
  sender: Mailbox,
  sent: Mail,
  unknown: readonly string[],
  at: number,
): Mail {
  const report = emptyDraft(state, sender);
  const { undeliverable, notFound } = languages[sender.language];
  const reasons = unknown.map((address) => `${notFound(address)} ${diagnostics}`);
  const paragraphs = reasons.map((reason) => `<p>${escapeHtml(reason)}</p>`);
  const content = [...paragraphs, `<pre>${escapeHtml(headersOf(sent, at))}</pre>`].join('\r\n');
  const postmaster = {
    emailAddress: {
      name: 'Microsoft Outlook',
      address: `MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@${state.organization.initialDomain}`,
    },
  };
  report.folder = 'inbox';
  report.visibleAt = at;
  Object.assign(report.graph, {
    subject: `${undeliverable}${messageOf(sent).subject}`,
    body: { contentType: 'html', content: wrapHtml(content) },
    bodyPreview: previewOf('html', content),
    from: postmaster,
    sender: postmaster,
    toRecipients: [{ emailAddress: { name: sender.displayName, address: primaryAddress(sender) } }],
    receivedDateTime: graphTime(at),
    conversationId: messageOf(sent).conversationId,
    singleValueExtendedProperties: ofClass('REPORT.IPM.Note.NDR'),
    isDraft: false,
    isRead: false,
  });
  return report;
}

/** A report ends with the headers of what was not delivered, all recipients among them: a public one at pastebin.com/bGW4Kdrz, Jul 2010. */
function headersOf(sent: Mail, at: number): string {
  const { subject, from, toRecipients, ccRecipients } = messageOf(sent);
  const list = (recipients: typeof toRecipients) =>
    recipients.map(({ emailAddress: { name, address } }) => `${name} <${address}>`).join(', ');
  return [
    `Received: from mail.practice.example by relay.practice.example; ${new Date(at).toUTCString()}`,
    `From: ${list([from])}`,
    `To: ${list(toRecipients)}`,
    `Cc: ${list(ccRecipients)}`,
    `Subject: ${subject}`,
  ].join('\r\n');
}

const diagnostics =
  "Remote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'";
