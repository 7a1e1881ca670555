import { fieldWords } from './faces.ts';
import { type Advice, row } from './failure.ts';
import { say } from './say.ts';

const noMailbox = row(
  say`The sender has no mailbox in Exchange Online. It may have no licence, be a distribution list or a contact, or still be on-premises.`,
  'an Exchange administrator',
  say`Assign an Exchange Online licence to the sender, or create a shared mailbox at https://admin.exchange.microsoft.com, Recipients, Mailboxes. A new mailbox takes a few minutes.`,
);
const tooLarge = row(
  say`The email is larger than the sender's mailbox allows. The usual limit is 35 MB.`,
  'an Exchange administrator',
  say`Send smaller attachments, or raise the limit: Set-Mailbox SENDER -MaxSendSize 150MB in Exchange Online PowerShell.`,
);
const noExchange = row(
  say`This tenant has no Exchange Online: it has no subscription with mailboxes.`,
  "the customer's admin",
  say`Check the subscriptions at https://admin.microsoft.com, Billing, Your products. If the customer's mailboxes are in another tenant, set up T&A for that tenant.`,
);
const gone = row(
  say`The email is no longer there. It was sent, moved or deleted in the meantime.`,
  'you',
  say`Check the sender's Sent Items before you send again.`,
);

/** By code of Exchange Online behind Graph. learn.microsoft.com/graph/errors and the Outlook pages of Graph. */
export const exchangeAdvice = {
  ErrorAccessDenied: row(
    say`The app cannot use this mailbox. Mail.ReadWrite or Mail.Send is not granted, is not known to Exchange yet, or is limited to other mailboxes.`,
    'an Exchange administrator',
    say`After a new grant, wait five minutes and try again. Otherwise check admin consent under API permissions of the app, and run Test-ServicePrincipalAuthorization in Exchange Online PowerShell. Changes there take up to two hours.`,
    'ours',
  ),
  ErrorSendAsDenied: row(
    say`The From email address is not an address of the sending mailbox. Often it is the user name, and the mailbox has another address.`,
    'an Exchange administrator',
    say`Add the From email address to the mailbox (https://admin.exchange.microsoft.com, Recipients, Mailboxes, the mailbox, Email addresses), or change the user name to the primary address. Then correct From email address in T&A and ${fieldWords.fromAddress} ${fieldWords.place}.`,
  ),
  OrganizationFromTenantGuidNotFound: noExchange,
  ErrorInvalidUser: noMailbox,
  MailboxNotEnabledForRESTAPI: noMailbox,
  ErrorNonExistentMailbox: noMailbox,
  MailboxNotSupportedForRESTAPI: noMailbox,
  ErrorItemNotFound: gone,
  ErrorIrresolvableConflict: row(
    say`Something else changed the draft while the email was being sent.`,
    'you',
    say`Send the email again. If it fails again, find out which rule, add-in or program changes drafts in the sender's mailbox.`,
  ),
  ErrorInvalidIdMalformed: row(
    say`The id of the email was changed on the way.`,
    'you',
    say`Check the API Endpoints in the preferences against the T&A article, and report the code if they match.`,
  ),
  'RequestBroker--ParseUri': row(
    say`An address in the API Endpoints is wrong, or an id in it is not encoded.`,
    'you',
    say`Set the API Endpoints in T&A back to their original values.`,
  ),
  ErrorInvalidRecipients: row(
    say`A recipient is missing or is not a valid address.`,
    'you',
    say`Correct the recipients and send again.`,
  ),
  ErrorMessageSizeExceeded: tooLarge,
  RequestEntityTooLarge: row(
    say`The request is larger than Microsoft Graph accepts (4 MB), or the email is larger than the sender's mailbox allows (usually 35 MB).`,
    'you',
    say`Send smaller attachments. If only emails near the limit of the mailbox fail, an Exchange administrator can raise it: Set-Mailbox SENDER -MaxSendSize 150MB in Exchange Online PowerShell.`,
  ),
  ErrorAttachmentSizeShouldNotBeLessThanMinimumSize: row(
    say`The attachment is too small for an upload session.`,
    'you',
    say`Use the latest version of this tool: it sends files of up to 3 MB in one piece.`,
  ),
  ErrorMimeContentInvalidBase64String: row(
    say`An attachment was damaged on the way.`,
    'you',
    say`Send again. If it fails again, look for a proxy that changes traffic.`,
  ),
  ErrorExceededMessageLimit: row(
    say`The mailbox has reached its limit for today, or Microsoft has blocked it from sending. Trial tenants have low limits.`,
    'an Exchange administrator',
    say`Check Restricted entities at https://security.microsoft.com, or wait until tomorrow.`,
  ),
  ErrorQuotaExceeded: row(
    say`The sender's mailbox is full.`,
    'an Exchange administrator',
    say`Empty the sender's Sent Items and Deleted Items, or raise its quota.`,
  ),
  ApplicationThrottled: row(
    say`The app has too many open requests to this mailbox.`,
    'you',
    say`Wait five minutes and send again.`,
    'ours',
  ),
  ErrorServerBusy: row(
    say`Exchange Online is too busy.`,
    'Microsoft',
    say`Wait five minutes and send again.`,
    'ours',
  ),
  ErrorMailboxStoreUnavailable: row(
    say`Microsoft is moving or repairing the mailbox.`,
    'Microsoft',
    say`Wait 15 minutes and send again.`,
    'ours',
  ),
} as const satisfies Readonly<Record<string, Advice>>;
