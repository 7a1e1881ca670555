import { day, dayMs } from '../dates.ts';
import type { Facts, SecretPlace } from '../facts.ts';
import { type Line, list, type Section, text } from '../paper.ts';
import type { Texts } from '../texts.ts';

/** Where the client secret is, when it ends and how to renew it. */
export function secretSection(facts: Facts, { secret: t }: Texts): Section {
  const { places, expiresAt, writtenAt, cloud, application, record } = facts;
  const steps = t.renew(cloud.portal, application.clientId, record.secret?.keyId);
  return {
    title: t.title,
    blocks: [
      list('point', places.length === 0 ? [t.nowhere] : places.map((place) => placeLine(place, t))),
      ...(expiresAt === undefined ? [] : [text(endLine(expiresAt, writtenAt, t))]),
      text(t.renewal),
      list('number', steps),
    ],
  };
}

function endLine(expiresAt: number, writtenAt: number, t: Texts['secret']): Line {
  if (expiresAt <= writtenAt) return t.ended(day(expiresAt));
  return t.ends(day(expiresAt), Math.floor((expiresAt - writtenAt) / dayMs));
}

function placeLine(place: SecretPlace, t: Texts['secret']): Line {
  switch (place.kind) {
    case 'encrypted':
      return place.by === 'recipient' ? t.byRecipient(place.file) : t.byPassphrase(place.file);
    case 'preferences':
      return t.inFile(place.file);
    case 'vault':
      return t.inVault(place.uri);
    default:
      return place satisfies never;
  }
}
