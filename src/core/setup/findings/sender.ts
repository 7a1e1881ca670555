import type { Customer } from '../../customer/customer.ts';
import { say } from '../../words/say.ts';
import type { Existing } from '../existing.ts';
import type { Finding } from '../finding.ts';

/** Whether T&A will find a mailbox behind the sender's address. */
export function senderFindings({ mail }: Customer, { snapshot }: Existing): Finding[] {
  const { sender, sendersByMail } = snapshot;
  const { fromAddress, fromName } = mail;
  const [other] = sendersByMail;
  if (!sender) return [other ? otherName(fromAddress, other.userPrincipalName) : missing(fromAddress)];
  if (sender.guest) return [guest(fromAddress)];
  if (sender.mailbox === 'no') return [noMailbox(fromAddress)];
  const shown = sender.mailbox === 'yes' ? 'has an Exchange Online mailbox' : 'exists and has a mail address';
  const good: Finding = { id: 'sender', level: 'good', what: say`The sender ${fromAddress} ${shown}.` };
  return sender.displayName === fromName ? [good] : [good, shownName(sender.displayName, fromName)];
}

function missing(address: string): Finding {
  return {
    id: 'sender-missing',
    level: 'blocks',
    what: say`There is no user or shared mailbox ${address} in the tenant. Groups and distribution lists cannot send.`,
    who: 'an Exchange administrator',
    next: say`Create it as a shared mailbox (Exchange admin center > Recipients > Mailboxes > Add a shared mailbox), or correct "mail.fromAddress".`,
  };
}

function otherName(address: string, userPrincipalName: string): Finding {
  return {
    id: 'sender-name',
    level: 'blocks',
    what: say`${address} is only an email address; the account signs in as ${userPrincipalName}, and T&A looks up the sender by that name.`,
    who: 'you',
    next: say`Set "mail.fromAddress" to ${userPrincipalName}.`,
  };
}

function guest(address: string): Finding {
  return {
    id: 'sender-guest',
    level: 'blocks',
    what: say`${address} is a guest; its mailbox is in another tenant.`,
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
    next: say`Assign a licence with Exchange Online, or create a shared mailbox of that address (no licence needed). On-premises mailboxes are not supported.`,
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
