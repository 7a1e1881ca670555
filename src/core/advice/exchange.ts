import type { Advice } from './failure.ts';
import { row } from './row.ts';

const noMailbox = row(
  'The sender has no mailbox in Exchange Online: no licence, a distribution list, a contact, or a mailbox that is still on-premises.',
  'an Exchange administrator',
  'Give the sender an Exchange Online licence, or make it a shared mailbox at https://admin.exchange.microsoft.com, Recipients, Mailboxes. A new mailbox takes some minutes.',
);
const tooLarge = row(
  'The mail is larger than the mailbox of the sender may send. The usual limit is 35 MB.',
  'an Exchange administrator',
  'Send smaller attachments, or raise the limit: Set-Mailbox SENDER -MaxSendSize 150MB in Exchange Online PowerShell.',
);
const gone = row(
  'The mail is no longer where it was: it was sent, moved or deleted meanwhile.',
  'you',
  'Look into Sent Items of the sender before sending again.',
);

/** By code of Exchange Online behind Graph. learn.microsoft.com/graph/errors and the Outlook pages of Graph. */
export const exchangeAdvice = {
  ErrorAccessDenied: row(
    'The app may not use this mailbox: Mail.ReadWrite or Mail.Send is not granted, not known to Exchange yet, or limited to other mailboxes.',
    'an Exchange administrator',
    'After a new grant wait some minutes and try again. Else check admin consent under API permissions of the app, and run Test-ServicePrincipalAuthorization in Exchange Online PowerShell. Changes there take up to two hours.',
    'ours',
  ),
  ErrorSendAsDenied: row(
    'The From address is not the mailbox that sends, and that mailbox may not send as it.',
    'an Exchange administrator',
    'Use the address of the mailbox itself as From email address, or grant Send As on the other one in the Exchange admin centre.',
  ),
  ErrorInvalidUser: noMailbox,
  MailboxNotEnabledForRESTAPI: noMailbox,
  ErrorNonExistentMailbox: noMailbox,
  MailboxNotSupportedForRESTAPI: noMailbox,
  ErrorItemNotFound: gone,
  ErrorIrresolvableConflict: gone,
  ErrorInvalidIdMalformed: row(
    'The id of the mail was altered on the way.',
    'you',
    'Check the API Endpoints in the preferences against the T&A article, and report the code if they match.',
  ),
  'RequestBroker--ParseUri': row(
    'An address in the API Endpoints is wrong, or an id in it was not encoded.',
    'you',
    'Set the API Endpoints in T&A back to their original values.',
  ),
  ErrorInvalidRecipients: row(
    'A recipient is missing or is not a valid address.',
    'you',
    'Correct the recipients and send again.',
  ),
  ErrorMessageSizeExceeded: tooLarge,
  RequestEntityTooLarge: tooLarge,
  ErrorAttachmentSizeShouldNotBeLessThanMinimumSize: row(
    'The attachment is too small for an upload session.',
    'you',
    'Use the latest version of this tool: it sends files of up to 3 MB in one piece.',
  ),
  ErrorMimeContentInvalidBase64String: row(
    'An attachment was damaged on the way.',
    'you',
    'Send again. If it stays so, check for a proxy that alters traffic.',
  ),
  ErrorExceededMessageLimit: row(
    'The mailbox has sent as much as it may today, or Microsoft has blocked it for sending. Trial tenants may send little.',
    'an Exchange administrator',
    'Look under Restricted entities at https://security.microsoft.com, or wait until tomorrow.',
  ),
  ErrorQuotaExceeded: row(
    'The mailbox of the sender is full.',
    'an Exchange administrator',
    'Empty Sent Items and Deleted Items of the sender, or raise its quota.',
  ),
  ApplicationThrottled: row(
    'The app has too many requests open on this mailbox.',
    'you',
    'Wait five minutes and send again.',
    'ours',
  ),
  ErrorServerBusy: row(
    'Exchange Online is too busy.',
    'Microsoft',
    'Wait five minutes and send again.',
    'ours',
  ),
  ErrorMailboxStoreUnavailable: row(
    'The mailbox is being moved or repaired by Microsoft.',
    'Microsoft',
    'Wait 15 minutes and send again.',
    'ours',
  ),
  UnknownError: row(
    'Exchange Online refused the token without a reason. The mailbox may be without licence or not ready yet.',
    'an Exchange administrator',
    'Check the licence of the sender at https://admin.microsoft.com, wait some minutes and send again.',
  ),
} as const satisfies Readonly<Record<string, Advice>>;
