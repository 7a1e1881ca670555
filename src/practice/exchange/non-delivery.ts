import { graphTime } from '../clock.ts';
import type { Mail, Mailbox, State } from '../state.ts';
import { primaryAddress } from './addresses.ts';
import { emptyDraft } from './draft.ts';
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
  const content = unknown.map((address) => `<p>${escapeHtml(reasonFor(address))}</p>`).join('\r\n');
  const postmaster = {
    emailAddress: {
      name: 'Microsoft Outlook',
      address: `MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@${state.organization.initialDomain}`,
    },
  };
  report.folder = 'inbox';
  report.visibleAt = at;
  Object.assign(report.graph, {
    subject: `Undeliverable: ${messageOf(sent).subject}`,
    body: { contentType: 'html', content: wrapHtml(content) },
    bodyPreview: previewOf('html', content),
    from: postmaster,
    sender: postmaster,
    toRecipients: [{ emailAddress: { name: sender.displayName, address: primaryAddress(sender) } }],
    receivedDateTime: graphTime(at),
    conversationId: messageOf(sent).conversationId,
    isDraft: false,
    isRead: false,
  });
  return report;
}

function reasonFor(address: string): string {
  return `Your message to ${address} couldn't be delivered. ${address} wasn't found. Remote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'`;
}
