import { isSameAddress } from '../../customer/address.ts';
import type { Customer } from '../../customer/customer.ts';
import { unscopable } from '../../customer/scope.ts';
import { fieldWords } from '../../words/faces.ts';
import { say, type Words } from '../../words/say.ts';
import type { Existing } from '../existing.ts';
import type { Finding } from '../finding.ts';

/** Whether the app can be limited to the sender's mailbox, and whether that can be shown. */
export function mailboxScopeFindings(customer: Customer, existing: Existing): Finding[] {
  if (customer.scope === 'tenant') return [];
  return [...roleFindings(customer), ...modeFindings(customer), ...otherFindings(customer, existing)];
}

function roleFindings(customer: Customer): Finding[] {
  const names = unscopable(customer);
  if (names.length === 0) return [];
  return [
    {
      id: 'scope-permissions',
      level: 'blocks',
      what: say`Exchange cannot limit ${names} to one mailbox.`,
      who: 'you',
      next: say`Take it out of ${fieldWords.permissions}, or set ${fieldWords.scope} to ${fieldWords.wholeTenant}.`,
    },
  ];
}

function modeFindings({ mail }: Customer): Finding[] {
  if (mail.senderAddressFrom === 'SMTP address') return [];
  const isUser = mail.senderAddressFrom === 'User';
  return [
    {
      id: 'scope-sender-mode',
      level: 'note',
      what: isUser
        ? say`T&A's "Sender address from" is User: T&A sends from the mailboxes of employees and supervisors. Exchange will refuse that.`
        : say`If T&A's "Sender address from" is User, T&A sends from the mailboxes of employees and supervisors. Exchange will refuse that.`,
      who: 'you',
      next: say`T&A, System preferences > Email > Web: set "Sender address from" to SMTP address. Then set ${fieldWords.senderAddressFrom} to "SMTP address" to clear this note, or set ${fieldWords.scope} to ${fieldWords.wholeTenant}.`,
    },
  ];
}

function otherFindings({ mail }: Customer, { snapshot }: Existing): Finding[] {
  const { otherMailbox: address, fromAddress } = mail;
  const found = snapshot.otherMailbox;
  if (address === undefined) return [notNamed];
  if (isSameAddress(address, fromAddress))
    return [
      unfit(
        say`${address} is the sender itself. It cannot prove that the app is refused by other mailboxes.`,
      ),
    ];
  if (!found) return [unfit(say`There is no user or shared mailbox ${address} in the tenant.`)];
  if (found.guest || found.mailbox === 'no') return [unfit(say`${address} has no mailbox in this tenant.`)];
  const what = say`${address} will show whether the app is refused by other mailboxes.`;
  return [{ id: 'scope-other-mailbox', level: 'good', what }];
}

const named = say`Set ${fieldWords.otherMailbox} to the user principal name of a mailbox that the app must not be able to open.`;

const notNamed: Finding = {
  id: 'scope-other-mailbox',
  level: 'later',
  what: say`No second mailbox is named, so it cannot be proved that the app is limited to one.`,
  who: 'you',
  next: say`${named} The app tries to open it and must be refused. No email is read.`,
};

function unfit(what: Words): Finding {
  return { id: 'scope-other-mailbox', level: 'blocks', what, who: 'you', next: named };
}
