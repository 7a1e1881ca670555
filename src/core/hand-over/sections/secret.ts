import type { Words } from '../../words/say.ts';
import type { Facts, SecretPlace } from '../facts.ts';
import { day, list, type Section, text } from '../paper.ts';
import type { Texts } from '../texts.ts';

/** Where the client secret is, when it ends and how to renew it. */
export function secretSection(facts: Facts, { secret: t, calendar }: Texts): Section {
  const { places, gap, remindsBefore, cloud, application, record } = facts;
  if (gap === 'no secret') return { title: t.title, blocks: [text(t.noneYet)] };
  const steps = t.renew(cloud.portal, application.clientId, record.secret?.keyId);
  const whereLines = places.map((place) => placeLine(place, record.admin?.userPrincipalName, t));
  return {
    title: t.title,
    blocks: [
      list('point', places.length === 0 ? [t.nowhere] : whereLines),
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
