import type { Words } from '../../words/say.ts';
import type { Facts } from '../facts.ts';
import { list, type PaperBlock, type Section, text } from '../paper.ts';
import type { Texts } from '../texts.ts';

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
