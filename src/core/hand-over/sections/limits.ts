import { opensMailboxes } from '../../customer/scope.ts';
import { say, type Words } from '../../words/say.ts';
import type { Facts } from '../facts.ts';
import { list, type Section } from '../paper.ts';
import type { Texts } from '../texts.ts';

/** What people must hear in time, since neither T&A nor Exchange says it. */
export function limitSection(facts: Facts, { limits: t }: Texts): Section {
  return {
    title: t.title,
    blocks: [
      list('point', [
        nameLine(facts, t),
        ...modeLines(facts, t),
        ...reachLines(facts, t),
        facts.remindsBefore.length > 0 ? t.silence : t.silenceAlone,
      ]),
    ],
  };
}

function nameLine({ customer }: Facts, t: Texts['limits']): Words {
  const { fromName, fromAddress } = customer.mail;
  return fromName === '' ? t.mailboxName(fromAddress) : t.fromName(fromName, fromAddress);
}

function modeLines({ customer }: Facts, t: Texts['limits']): Words[] {
  if (customer.mail.senderAddressFrom === 'SMTP address') return [];
  return [customer.scope === 'mailbox' ? t.userModeNarrowed : t.userMode];
}

function reachLines({ permissions }: Facts, t: Texts['limits']): Words[] {
  const wide = permissions.filter(({ name, grantedBy }) => grantedBy === 'Entra' && opensMailboxes(name));
  return wide.length === 0 ? [] : [t.everyMailbox(say`${wide.map(({ name }) => name)}`)];
}
