import { isScopeProved } from '../../customer/scope.ts';
import { say, Words } from '../../words/say.ts';
import type { Facts } from '../facts.ts';
import { day, minute, rows, type Section } from '../paper.ts';
import type { Texts } from '../texts.ts';

/** What was created, by whom, when, with all ids. */
export function createdSection(facts: Facts, { created: t }: Texts): Section {
  const { customer, record, application, cloud } = facts;
  const { tenant, admin, servicePrincipal, secret } = record;
  return {
    title: t.title,
    blocks: [
      rows([
        [t.tenant, t.tenantName(tenant.displayName, tenant.domain)],
        [t.tenantId, tenant.id],
        [t.cloud, new Words(cloud.label)],
        [t.application, customer.app.displayName],
        [t.createdAt, minute(application.createdAt)],
        [t.by, admin?.userPrincipalName],
        [t.clientId, application.clientId],
        [t.objectId, application.objectId],
        [t.principal, servicePrincipal?.objectId],
        [t.secret, secret && t.secretName(secret.displayName, secret.hint)],
        [t.keyId, secret?.keyId],
        [t.sender, customer.mail.fromAddress],
        [t.reach, reachOf(facts, t)],
      ]),
    ],
  };
}

function reachOf({ customer, record }: Facts, t: Texts['created']): Words {
  const { fromAddress } = customer.mail;
  const { mailboxScope } = record;
  if (customer.scope === 'tenant') return t.everyMailbox;
  if (!mailboxScope || !isScopeProved(customer, record)) return t.oneMailbox(fromAddress);
  const { at, otherMailbox } = mailboxScope;
  const proved = t.oneMailboxProved(fromAddress, day(at));
  return otherMailbox === undefined ? proved : say`${proved}${t.shut(otherMailbox)}`;
}
