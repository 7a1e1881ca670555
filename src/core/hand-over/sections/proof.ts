import { say } from '../../words/say.ts';
import type { Facts } from '../facts.ts';
import { minute, rows, type Section, text } from '../paper.ts';
import type { Texts } from '../texts.ts';

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
