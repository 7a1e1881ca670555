import type { Facts } from './facts.ts';
import { type Line, list, type Paper, type Section, say } from './paper.ts';
import type { Texts } from './texts.ts';

/** What people still have to do, to be ticked off. `reminders`: whether the pack holds some. */
export function makeChecklist(
  { customer, application }: Facts,
  { checklist: t }: Texts,
  reminders: boolean,
): Paper {
  return {
    title: t.title,
    subtitle: say`${customer.name}`,
    notes: [],
    sections: [
      part(t.tenant, [t.enter, t.enterSecret, t.press, t.mode]),
      part(t.secret, [reminders ? t.calendar : t.noReminders, t.people, t.owner(application.clientId)]),
      part(t.order, [t.copies, t.roles, t.keep]),
    ],
  };
}

function part(title: string, lines: readonly Line[]): Section {
  return { title, blocks: [list('box', lines)] };
}
