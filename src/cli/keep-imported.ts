import { type Cloud, clouds } from '../core/cloud/clouds.ts';
import type { Customer } from '../core/customer/customer.ts';
import type { PlaceNote } from '../core/files/place.ts';
import { nearestCloud } from '../core/preferences/endpoints.ts';
import { fields, valueAt } from '../core/preferences/fields.ts';
import { completePreferences } from '../core/preferences/import.ts';
import { checkPlaces } from '../core/preferences/old-file.ts';
import type { PastedPreferences } from '../core/preferences/preferences.ts';
import { openPreferences, type Replaced } from '../core/preferences/preferences-file.ts';
import type { Secret } from '../core/secret.ts';
import { plain } from '../core/words/say.ts';
import { askSecret, offeringIgnoreLine } from './ask.ts';
import { commandLine } from './command-line.ts';
import { detail, done, heading, secretIn } from './show/lines.ts';
import type { Terminal } from './terminal.ts';
import { usageFailure } from './usage.ts';

export interface Kept extends Replaced {
  readonly secret: Secret;
}

/** Writes imported preferences in which nothing differs; asks for a secret that they do not hold. Throws a Failure. */
export async function keepImported(
  found: PastedPreferences,
  customer: Customer | undefined,
  out: string,
  terminal: Terminal,
): Promise<Kept> {
  requireConnection(found);
  const cloud = cloudFor(found, customer);
  const file = await openPreferences(out);
  const notes = await offeringIgnoreLine(out, terminal, () => checkPlaces(out));
  const secret =
    found.connection.clientSecret ??
    (await askSecret('Client Secret', terminal, 'Import a file that holds it.'));
  const complete = completePreferences(found, cloud, secret);
  const replaced = await file.replace(complete);
  showKept(out, replaced, { notes, sender: complete.connection.fromEmailAddress }, terminal);
  return { ...replaced, secret };
}

function requireConnection(found: PastedPreferences): void {
  const missing = fields.filter(
    (field) =>
      field.tab === 'connection' && field.name !== 'clientSecret' && valueAt(field, found) === undefined,
  );
  if (missing.length === 0) return;
  const labels = missing.map(({ label }) => label).join(', ');
  throw usageFailure(
    `The text has no ${labels}, which a preferences file needs. Copy the whole Connection tab as well.`,
  );
}

function cloudFor({ apiEndpoints }: PastedPreferences, customer: Customer | undefined): Cloud {
  if (customer) return clouds[customer.cloud];
  if (Object.keys(apiEndpoints).length > 0) return nearestCloud(apiEndpoints);
  throw usageFailure(
    'The text names no API Endpoints, so the cloud is not known. Give the customer file with --customer.',
  );
}

function showKept(
  out: string,
  { changed, kept }: Replaced,
  { notes, sender }: { readonly notes: readonly PlaceNote[]; readonly sender: string },
  { line, paint }: Terminal,
): void {
  if (!changed) {
    line(done(`${out} holds just this already. Nothing was written.`, paint).text);
    return;
  }
  line(done(`Written: ${out} (${secretIn(out)})`, paint).text);
  if (kept !== undefined)
    line(detail(`The file that was there is kept as ${kept}, which holds its secret.`, paint).text);
  for (const { what, next } of notes) line(detail(`${what} ${next}`, paint).text);
  const send = commandLine(['send', out, '--to', sender]);
  line(heading('Next', paint).text);
  line(`  The secret is not proved yet. Prove it: ${send}`);
  if (kept !== undefined) line(`  Enter it in T&A, press Test, and then remove ${plain(kept)}.`);
}
