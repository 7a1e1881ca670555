import type { Facts } from './facts.ts';
import { type Line, list, type Paper, type Section, say } from './paper.ts';
import type { Texts } from './texts.ts';

/** What people still have to do, to be ticked off. */
export function makeChecklist(facts: Facts, texts: Texts): Paper {
  const { customer, record, application, standing } = facts;
  const t = texts.checklist;
  const made = standing !== 'no secret';
  return {
    title: t.title,
    subtitle: say`${customer.name}`,
    notes: record.kind === 'practice' ? [{ tone: 'warn', line: texts.practice }] : [],
    sections: [
      part(t.tenant, [...(made ? [t.enter, t.enterSecret] : [t.noSecret, t.enter]), t.press, t.mode]),
      part(
        t.secret,
        made
          ? [...reminderLines(facts, texts), t.people, t.owner(application.clientId)]
          : [t.remindersLater, t.owners(application.clientId)],
      ),
      part(t.order, [...(made ? [t.copies] : []), t.roles, t.keep]),
    ],
  };
}

function reminderLines({ remindsBefore, expiresAt }: Facts, { checklist: t, calendar }: Texts): Line[] {
  if (remindsBefore.length > 0) return [t.calendar(calendar.ways), t.bell];
  return [expiresAt === undefined ? t.endUnknown : t.endsTooSoon];
}

function part(title: string, lines: readonly Line[]): Section {
  return { title, blocks: [list('box', lines)] };
}
