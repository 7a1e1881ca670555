import { l10n } from 'vscode';
import type { Strings } from '../../contract/strings.ts';

/** The page's texts in the user's language. */
export function formStrings(): Strings {
  return { ...fieldStrings(), ...exchangeStrings(), ...verdictStrings(), ...recipientStrings() };
}

function fieldStrings() {
  return {
    title: l10n.t('Test email'),
    intro: l10n.t("Sends an email exactly as T&A sends it, using only the customer's email preferences."),
    customer: l10n.t('Customer'),
    chooseCustomer: l10n.t('Choose a customer.'),
    noCustomers: l10n.t('There is no customer yet. Run "Set Up Customer" from the Command Palette first.'),
    practice: l10n.t('Practice'),
    practiceBand: l10n.t('PRACTICE: nothing outside this computer is touched'),
    sender: l10n.t('Sent from {0}, tenant {1}'),
    to: l10n.t('To'),
    cc: l10n.t('Cc'),
    more: l10n.t('More'),
    details: l10n.t('Details'),
    addressHelp: l10n.t('Separate several addresses by a comma.'),
    subject: l10n.t('Subject'),
    defaultSubject: l10n.t('T&A test email'),
    message: l10n.t('Message'),
    defaultMessage: l10n.t('This is a test email, sent the way T&A sends.'),
    codeHelp: l10n.t(
      'Subject and message end with the receipt code {0}. A recipient can read it back to you.',
    ),
    attachments: l10n.t('Attachments'),
    noAttachments: l10n.t('None. T&A sends files over 3 MB in a different way, so test both.'),
    attachFiles: l10n.t('Attach Files…'),
    addTestFile: l10n.t('Add a 5 MB Test File'),
    remove: l10n.t('Remove'),
    removeFile: l10n.t('Remove {0}'),
    lostAttachments: l10n.t('An attached file is no longer there. Remove it, or attach it again.'),
    total: l10n.t('{0} in all'),
    receipt: l10n.t('Expected receipt'),
    waitForReceipt: l10n.t('Wait until the email has arrived'),
    seconds: l10n.t('Seconds to wait'),
    secondsHelp: l10n.t('From 1 to 3600.'),
    send: l10n.t('Send'),
    sending: l10n.t('Sending…'),
    sendHelp: l10n.t('Ctrl+Enter sends, too.'),
    cancel: l10n.t('Cancel'),
    required: l10n.t('Enter at least one address.'),
    badSeconds: l10n.t('Enter a whole number from 1 to 3600.'),
    correctFields: l10n.t('Not sent. Correct: {0}.'),
    stillSending: l10n.t('An email is still being sent. Wait for it, or cancel it.'),
    notSetUp: l10n.t('This customer is not set up yet: there is no client to send with.'),
    secretNeeded: l10n.t('Nothing can be sent without the client secret.'),
    startPractice: l10n.t('This customer belongs to the practice tenant. Start the practice tenant first.'),
    stopPractice: l10n.t(
      'The practice tenant is running, and this customer is a real one. Stop the practice tenant first.',
    ),
    unexpected: l10n.t('Something unexpected went wrong. The log has the details.'),
  };
}

function exchangeStrings() {
  return {
    exchange: l10n.t("T&A's exchange with Microsoft"),
    exchangeIdle: l10n.t('After Send you see here every request that T&A makes, one by one.'),
    exchangeOf: l10n.t('{0}, started {1}, receipt code {2}'),
    token: l10n.t('Token for the app'),
    user: l10n.t('Sender looked up'),
    draft: l10n.t('Draft created'),
    attachment: l10n.t('Attachment {0}'),
    onlyWithAttachment: l10n.t('Only with an attachment'),
    sendStep: l10n.t('Draft sent'),
    receiptStep: l10n.t('Arrival'),
    stateComing: l10n.t('not begun'),
    stateRunning: l10n.t('under way'),
    stateWaiting: l10n.t('waiting'),
    stateDone: l10n.t('done'),
    stateFailed: l10n.t('failed'),
    stateStopped: l10n.t('stopped'),
    waitingFor: l10n.t('Exchange Online does not know the new permissions yet. Next try in {0}.'),
    uploaded: l10n.t('{0} of {1}'),
    requestId: l10n.t('Request ID {0}'),
  };
}

function verdictStrings() {
  return {
    arrived: l10n.t('The email arrived'),
    arrivedNext: l10n.t('T&A can send with these email preferences.'),
    askTheRecipient: l10n.t('The email was sent; ask the recipient'),
    askTheRecipientNext: l10n.t(
      'Mailboxes outside the tenant cannot be looked into. Ask the recipient for the receipt code and enter it here.',
    ),
    inJunk: l10n.t('The email arrived in Junk Email'),
    inJunkNext: l10n.t(
      'The recipient should mark it as not junk, or an Exchange administrator should allow the sender.',
    ),
    notSeen: l10n.t('The email was sent, but has not been seen'),
    notSeenNext: l10n.t(
      'Look for the receipt code in the mailbox, in Junk Email too. Email is often late; look again in a few minutes.',
    ),
    bounced: l10n.t('The email came back'),
    bouncedNext: l10n.t(
      'Check the address. The non-delivery report in the mailbox of the sender gives the reason.',
    ),
    sent: l10n.t('The email was sent'),
    sentNext: l10n.t(
      'It was not checked whether it arrived. Look for the receipt code in the mailbox, or ask the recipient.',
    ),
    maybeSent: l10n.t('The email may have been sent'),
    notSent: l10n.t('The email was not sent'),
    stopped: l10n.t('Stopped; the email was not sent'),
    interrupted: l10n.t('The last email was interrupted'),
    interruptedNext: l10n.t(
      'The window closed while it was on its way. Look for {0} in Sent Items and Drafts of the sender before you send again.',
    ),
    happened: l10n.t('What happened'),
    cause: l10n.t('Cause'),
    who: l10n.t('Action for'),
    next: l10n.t('What to do'),
    said: l10n.t('Microsoft said'),
    code: l10n.t('Code'),
    receiptCode: l10n.t('Receipt code'),
    messageId: l10n.t('Message ID'),
    copy: l10n.t('Copy'),
    copied: l10n.t('Copied'),
    copyEvidence: l10n.t('Copy Evidence'),
    evidenceCopied: l10n.t('Evidence copied, without secrets and with addresses masked.'),
    showLog: l10n.t('Show Log'),
    handOver: l10n.t('Hand Over…'),
    showMailbox: l10n.t('Show Mailbox'),
  };
}

function recipientStrings() {
  return {
    recipients: l10n.t('Recipients'),
    outcomeInbox: l10n.t('In the inbox'),
    outcomeJunk: l10n.t('In Junk Email'),
    outcomeBounced: l10n.t('Came back as undeliverable'),
    outcomeAsk: l10n.t('Outside the tenant: ask for the receipt code'),
    outcomeNotSeen: l10n.t('Not seen'),
    outcomeConfirmed: l10n.t('Confirmed by the recipient'),
    readBack: l10n.t('Code read back by {0}'),
    check: l10n.t('Check'),
    wrongCode: l10n.t('That is not the receipt code of this email.'),
    codeConfirmed: l10n.t('Correct. The customer record now says so.'),
  };
}
