import { isScopeProved } from '../customer/scope.ts';
import { say, Words } from '../words/say.ts';
import type { Facts, PermissionRow } from './facts.ts';
import { day, list, type Note, type Paper, type Section, text } from './paper.ts';
import { checklistSection, createdSection, limitSection, proofSection, secretSection } from './sections.ts';
import type { Texts } from './texts.ts';

/** The report in one language, a pure function of what is known. `files`: what the pack holds, and what it is. */
export function makeReport(
  facts: Facts,
  texts: Texts,
  files: readonly (readonly [name: string, meaning: string])[],
): Paper {
  const { customer, writtenAt } = facts;
  const fileLines = files.map(([name, meaning]) => texts.files.line(name, new Words(meaning)));
  return {
    title: texts.report.title,
    subtitle: texts.report.subtitle(customer.name, day(writtenAt)),
    notes: notesOf(facts, texts),
    sections: [
      proofSection(facts, texts),
      createdSection(facts, texts),
      permissionSection(facts, texts),
      secretSection(facts, texts),
      revokeSection(facts, texts),
      limitSection(facts, texts),
      checklistSection(facts, texts),
      { title: texts.files.title, blocks: [list('point', fileLines)] },
    ],
  };
}

function notesOf(facts: Facts, texts: Texts): Note[] {
  const t = texts.report;
  const { customer, record, permissions } = facts;
  const waiting = permissions.filter(({ grantedBy }) => grantedBy === 'no one yet').map(({ name }) => name);
  const scopeWaits = customer.scope === 'mailbox' && !isScopeProved(customer, record);
  const practice = record.kind === 'practice' ? [texts.practice] : [];
  const open = [
    ...(waiting.length > 0 ? [t.waits(say`${waiting}`)] : []),
    ...(waiting.length > 0 && record.consent ? [t.asked(day(record.consent.askedAt))] : []),
    ...(scopeWaits ? [t.scopeWaits(customer.mail.fromAddress)] : []),
  ];
  return [...practice.map(warning), standingNote(facts, t), ...open.map(warning)];
}

const warning = (line: Words): Note => ({ tone: 'warn', line });

function standingNote({ gap, record, expiresAt }: Facts, t: Texts['report']): Note {
  switch (gap) {
    case undefined:
      return { tone: 'good', line: t.works(day(record.verification?.at ?? 0)) };
    case 'no mail seen':
      return { tone: 'good', line: t.proved(day(record.proof?.at ?? 0)) };
    case 'not proved':
      return warning(t.notProved);
    case 'no secret':
      return warning(t.noSecret);
    case 'expired':
      return warning(t.expired(day(expiresAt ?? 0)));
    default:
      return gap satisfies never;
  }
}

function permissionSection({ permissions }: Facts, { permissions: t }: Texts): Section {
  const lineOf = ({ name, appRoleId, grantedBy }: PermissionRow): Words => {
    const reason = t.reason(name);
    if (grantedBy === 'Exchange') return t.inExchange(name, reason);
    return appRoleId === undefined ? t.waiting(name, reason) : t.granted(name, appRoleId, reason);
  };
  return { title: t.title, blocks: [text(t.lead), list('point', permissions.map(lineOf))] };
}

function revokeSection({ cloud, application }: Facts, { revoke: t }: Texts): Section {
  return {
    title: t.title,
    blocks: [list('number', t.steps(cloud.portal, application.clientId)), text(t.after)],
  };
}
