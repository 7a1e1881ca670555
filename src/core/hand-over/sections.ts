import { copiesIn } from '../customer/copies.ts';
import { isScopeProved, opensMailboxes } from '../customer/scope.ts';
import { say, Words } from '../words/say.ts';
import type { Facts, SecretPlace } from './facts.ts';
import { day, list, minute, type PaperBlock, rows, type Section, text } from './paper.ts';
import type { Texts } from './texts.ts';

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

/** The evidence on record: the token, the mail and what became of it. */
export function proofSection({ record }: Facts, { proof: t }: Texts): Section {
  const { proof, verification: mail } = record;
  if (!proof && !mail) return { title: t.title, blocks: [text(t.none)] };
  const table = rows([
    [t.token, proof && t.tokenGiven(minute(proof.at), say`${proof.roles}`)],
    [t.sentAt, mail && minute(mail.at)],
    [t.code, mail?.code],
    [t.messageId, mail?.internetMessageId],
    [t.sentItems, mail && (mail.inSentItems ? t.yes : t.no)],
    ...(mail?.recipients ?? []).map(
      ({ address, outcome }) => [t.recipient, t.outcome(address, t.outcomes[outcome])] as const,
    ),
  ]);
  return { title: t.title, blocks: mail ? [table, text(t.check)] : [table] };
}

/** Where the client secret is, when it ends and how to renew it. */
export function secretSection(facts: Facts, { secret: t, calendar }: Texts): Section {
  const { places, gap, remindsBefore, cloud, application, record } = facts;
  if (gap === 'no secret') return { title: t.title, blocks: [text(t.noneYet)] };
  const steps = t.renew(cloud.portal, application.clientId, record.secret?.keyId);
  const whereLines = places.map((place) => placeLine(place, record.admin?.userPrincipalName, t));
  const otherCopies = copiesIn(record)
    .filter(({ uri, deleted }) => !deleted && !places.some((one) => one.kind === 'vault' && one.uri === uri))
    .map(({ uri }) => t.otherCopy(uri));
  return {
    title: t.title,
    blocks: [
      list('point', [...(places.length === 0 ? [t.nowhere] : whereLines), ...otherCopies]),
      text(endLine(facts, t)),
      ...(remindsBefore.length === 0 ? [] : [text(calendar.lead), list('point', calendar.ways)]),
      text(t.renewal),
      list('number', steps),
    ],
  };
}

function endLine({ expiresAt, standing: { daysLeft } }: Facts, t: Texts['secret']): Words {
  if (expiresAt === undefined || daysLeft === undefined) return t.endUnknown;
  return daysLeft <= 0 ? t.ended(day(expiresAt)) : t.ends(day(expiresAt), daysLeft);
}

function placeLine(place: SecretPlace, admin: string | undefined, t: Texts['secret']): Words {
  switch (place.kind) {
    case 'encrypted':
      return place.by === 'recipient' ? t.byRecipient(place.file) : t.byPassphrase(place.file);
    case 'preferences':
      return t.withSetUp(admin);
    case 'vault':
      return t.inVault(place.uri);
    default:
      return place satisfies never;
  }
}

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

/** What people still have to do, to be ticked off. */
export function checklistSection(facts: Facts, texts: Texts): Section {
  const { application, gap, cloud } = facts;
  const t = texts.checklist;
  const made = gap !== 'no secret';
  return {
    title: t.title,
    blocks: [
      ...part(t.tenant, [...(made ? [t.enter, t.enterSecret] : [t.noSecret, t.enter]), t.press, t.mode]),
      ...part(t.server, [
        t.allow([cloud.login, cloud.graph].map(hostOf), cloud.uploadHosts),
        t.proxy,
        t.userAgents,
        t.there,
      ]),
      ...part(
        t.secret,
        made
          ? [...reminderLines(facts, texts), t.people, t.owner(application.clientId)]
          : [t.remindersLater, t.owners(application.clientId)],
      ),
      ...part(t.order, [...(made ? [t.copies] : []), t.signInConsent, t.roles, t.keep]),
    ],
  };
}

const hostOf = (origin: string): string => new URL(origin).hostname;

function reminderLines({ remindsBefore, expiresAt }: Facts, { checklist: t }: Texts): Words[] {
  if (remindsBefore.length > 0) return [t.calendar, t.bell];
  return [expiresAt === undefined ? t.endUnknown : t.endsTooSoon];
}

const part = (lead: Words, lines: readonly Words[]): PaperBlock[] => [text(lead), list('box', lines)];
