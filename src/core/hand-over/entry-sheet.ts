import { entrySheet } from '../preferences/formats/html.ts';
import { leftOut, noneYet } from '../preferences/left-out.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { inClear } from '../preferences/preferences-file.ts';
import { preferencesFor } from '../preferences/preferences-for.ts';
import { Secret } from '../secret.ts';
import { plain } from '../words/say.ts';
import type { Facts } from './facts.ts';
import type { Texts } from './texts.ts';

/** T&A's form to copy from, for people who have the pack and nothing else. Without preferences it is made from what is known. */
export function makeEntrySheet(facts: Facts, preferences: Preferences | undefined, texts: Texts): string {
  const { customer, record, application } = facts;
  // There is no secret in it to leave out.
  const known =
    preferences ?? preferencesFor(customer, record.tenant.id, application.clientId, new Secret(''));
  const warning = record.kind === 'practice' ? String(texts.practice) : undefined;
  return entrySheet(inClear(known, insteadOfSecret(facts, texts)), { warning });
}

/** One line; the report names every place. A vault is the customer's own, and nearer than whoever did the set-up. */
function insteadOfSecret({ gap, places, record }: Facts, { sheet: t }: Texts): string {
  if (gap === 'no secret') return noneYet(t.noneYet);
  const [first, ...more] = places;
  if (first?.kind === 'encrypted') return leftOut(t.inPack(first.file));
  if (first?.kind !== 'preferences' || more.length > 0) return leftOut(t.seeReport);
  const { admin } = record;
  return leftOut(t.withSetUp(admin && plain(admin.userPrincipalName)));
}
