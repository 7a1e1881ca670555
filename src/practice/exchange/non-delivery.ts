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
  const report = emptyDraft(state, sender, true);
  const { undeliverable, notFound } = languages[sender.language];
  const reasons = unknown.map((address) => `${notFound(address)} ${diagnostics}`);
  const content = reasons.map((reason) => `<p>${escapeHtml(reason)}</p>`).join('\r\n');
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

const diagnostics =
  "Remote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'";
