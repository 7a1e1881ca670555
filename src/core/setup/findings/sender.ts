import { isSameAddress } from '../../customer/address.ts';
import type { Customer } from '../../customer/customer.ts';
import type { Sender } from '../../tenant/mailboxes.ts';
import { fieldWords } from '../../words/faces.ts';
import { dayOf } from '../../words/moment.ts';
import { say } from '../../words/say.ts';
import type { Existing } from '../existing.ts';
import type { Finding } from '../finding.ts';

/** Whether T&A will find a mailbox behind the sender's address. */
export function senderFindings({ mail }: Customer, { snapshot, record }: Existing): Finding[] {
  const { sender, sendersByMail } = snapshot;
  const { fromAddress, fromName } = mail;
  const [other] = sendersByMail;
  if (!sender) return [other ? otherName(fromAddress, other) : missing(fromAddress, record.verification?.at)];
  if (sender.guest) return [guest(fromAddress)];
  if (sender.mailbox === 'no') return [noMailbox(fromAddress)];
  return [
    ...addressFindings(fromAddress, sender),
    ...(sender.displayName === fromName ? [] : [shownName(sender.displayName, fromName)]),
    ...([fromAddress, sender.primaryAddress ?? ''].some(isInitialDomain) ? [initialDomain(fromAddress)] : []),
  ];
}

/** T&A puts the user name into the From of each email, and Exchange sends only from an address of the mailbox. */
function addressFindings(fromAddress: string, sender: Sender): Finding[] {
  const { primaryAddress = fromAddress, addresses } = sender;
  const isPrimary = isSameAddress(primaryAddress, fromAddress);
  if (isPrimary) return [good(fromAddress, sender)];
  if (addresses === undefined)
    return [good(fromAddress, sender), unknownAddress(fromAddress, primaryAddress)];
  if (!addresses.includes(fromAddress.toLowerCase())) return [noAddress(fromAddress, primaryAddress)];
  return [good(fromAddress, sender), alias(fromAddress, primaryAddress)];
}

function good(address: string, { mailbox }: Sender): Finding {
  const what =
    mailbox === 'yes'
      ? say`The sender ${address} has a licence for Exchange Online. Whether it has a mailbox there shows when the test email is sent.`
      : say`The sender ${address} exists and has an email address. Whether it has a mailbox shows when the test email is sent.`;
  return { id: 'sender', level: 'good', what };
}

const alike = (address: string) =>
  say`Add ${address} to the mailbox as an email address (Exchange admin center > Recipients > Mailboxes > the mailbox > Email addresses), or change the user name to the primary address and correct ${fieldWords.fromAddress}.`;

function noAddress(address: string, primary: string): Finding {
  return {
    id: 'sender-address',
    level: 'later',
    what: say`${address} is a user name, but not an address of its mailbox, whose address is ${primary}. Exchange refuses to send from it (ErrorSendAsDenied).`,
    who: 'an Exchange administrator',
    next: alike(address),
  };
}

function unknownAddress(address: string, primary: string): Finding {
  return {
    id: 'sender-address-unknown',
    level: 'note',
    what: say`The mailbox has the address ${primary}. It is not known whether it also has ${address}, which T&A sends from; the test email shows it.`,
    who: 'an Exchange administrator',
    next: alike(address),
  };
}

function alias(address: string, primary: string): Finding {
  return {
    id: 'sender-alias',
    level: 'note',
    what: say`${address} is a second address of the mailbox ${primary}. Recipients may see ${primary}.`,
    who: 'an Exchange administrator',
    next: say`To show ${address} to recipients, make it the primary address of the mailbox.`,
  };
}

const isInitialDomain = (address: string): boolean => /\.onmicrosoft\.com$/i.test(address);

/** In force since June 2026 for all tenants; the bounce is 550 5.7.236. */
function initialDomain(address: string): Finding {
  return {
    id: 'sender-initial-domain',
    level: 'note',
    what: say`${address} sends from the onmicrosoft.com domain. Microsoft limits these domains to 100 external recipients a day for the whole tenant.`,
    who: 'an Exchange administrator',
    next: say`If T&A sends to people outside the tenant, use a sender with an address in the customer's own domain.`,
  };
}

/** `sentAt`: when the last test email was sent. */
function missing(address: string, sentAt: string | undefined): Finding {
  const create = say`Create it as a shared mailbox (Exchange admin center > Recipients > Mailboxes > Add a shared mailbox), or correct ${fieldWords.fromAddress}.`;
  return {
    id: 'sender-missing',
    level: 'blocks',
    what: say`There is no user or shared mailbox ${address} in the tenant. Groups and distribution lists cannot send.`,
    who: 'an Exchange administrator',
    next:
      sentAt === undefined
        ? create
        : say`A test email was sent on ${dayOf(sentAt)}. Ask whether the mailbox was renamed since; if so, correct ${fieldWords.fromAddress}. If it was not: ${create}`,
  };
}

function otherName(address: string, { userPrincipalName, addresses }: Sender): Finding {
  const fits = addresses?.includes(userPrincipalName.toLowerCase()) ?? true;
  return {
    id: 'sender-name',
    level: 'blocks',
    what: say`${address} is only an email address; the account signs in as ${userPrincipalName}, and T&A looks up the sender by that name.`,
    who: fits ? 'you' : 'an Exchange administrator',
    next: fits
      ? say`Set ${fieldWords.fromAddress} to ${userPrincipalName}.`
      : say`Change the user name to ${address}, or add ${userPrincipalName} to the mailbox as an email address and set ${fieldWords.fromAddress} to it.`,
  };
}

function guest(address: string): Finding {
  return {
    id: 'sender-guest',
    level: 'blocks',
    what: say`${address} is an account of another organization (a guest); its mailbox is in another tenant.`,
    who: 'you',
    next: say`Choose a mailbox of this tenant as sender.`,
  };
}

function noMailbox(address: string): Finding {
  return {
    id: 'sender-mailbox',
    level: 'blocks',
    what: say`${address} exists, but has no Exchange Online mailbox.`,
    who: 'an Exchange administrator',
    next: say`Assign a licence with Exchange Online, or create a shared mailbox with that address (no licence needed). On-premises mailboxes are not supported.`,
  };
}

function shownName(displayName: string, fromName: string): Finding {
  return {
    id: 'sender-shown-name',
    level: 'note',
    what: say`Recipients will see "${displayName}", not "${fromName}": Exchange shows the mailbox's display name.`,
    who: 'an Exchange administrator',
    next: say`To show "${fromName}" to recipients, rename the mailbox.`,
  };
}
