import type { Customer } from '../../customer/customer.ts';
import { unscopable } from '../../customer/scope.ts';
import type { Sentence } from '../../words/say.ts';
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
      what: `Exchange cannot limit ${names.join(', ')} to one mailbox.`,
      who: 'you',
      next: 'Take it out of "app.permissions", or set "scope" to "tenant".',
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
        ? 'T&A\'s "Sender address from" is User: it sends out of the mailboxes of employees and supervisors, which will be refused.'
        : 'If T&A\'s "Sender address from" is User, it sends out of the mailboxes of employees and supervisors, which will be refused.',
      who: 'you',
      next: 'T&A, System preferences > Email > Web: set "Sender address from" to SMTP address. Then set "mail.senderAddressFrom" to "SMTP address", and this note is gone. Else set "scope" to "tenant".',
    },
  ];
}

function otherFindings({ mail }: Customer, { snapshot }: Existing): Finding[] {
  const { otherMailbox: address, fromAddress } = mail;
  const found = snapshot.otherMailbox;
  if (address === undefined) return [notNamed];
  if (address.toLowerCase() === fromAddress.toLowerCase())
    return [unfit(`${address} is the sender itself; it cannot show that other mailboxes are closed.`)];
  if (!found) return [unfit(`There is no user or shared mailbox ${address} in the tenant.`)];
  if (found.guest || found.mailbox === 'no') return [unfit(`${address} has no mailbox in this tenant.`)];
  const what = `${address} will show whether other mailboxes are closed to the app.`;
  return [{ id: 'scope-other-mailbox', level: 'good', what }];
}

const named = 'Set "mail.otherMailbox" to the user principal name of a mailbox that T&A shall not reach.';

const notNamed: Finding = {
  id: 'scope-other-mailbox',
  level: 'later',
  what: 'No other mailbox is named, so nobody can show that the app is kept out of it.',
  who: 'you',
  next: `${named} It is only asked for, and has to be refused: no mail is read.`,
};

function unfit(what: Sentence): Finding {
  return { id: 'scope-other-mailbox', level: 'blocks', what, who: 'you', next: named };
}
