import { type Cloud, clouds } from '../core/cloud/clouds.ts';
import type { Customer } from '../core/customer/customer.ts';
import { recordFileOf } from '../core/customer/file-names.ts';
import { nearestCloud } from '../core/preferences/endpoints.ts';
import { fields, valueAt } from '../core/preferences/fields.ts';
import type { PastedPreferences } from '../core/preferences/preferences.ts';
import { type KeptPreferences, keepPreferences } from '../core/stories/import-preferences.ts';
import { plain } from '../core/words/say.ts';
import { askSecret, withIgnoreQuestion } from './ask.ts';
import { commandLine } from './command-line.ts';
import { detail, done, heading, secretIn } from './show/lines.ts';
import type { Terminal } from './terminal.ts';
import { usageFailure } from './usage.ts';

interface Keeping {
  readonly customer: Customer | undefined;
  readonly customerFile: string | undefined;
  readonly out: string;
}

/** Writes imported preferences in which nothing differs; asks for a secret that they do not hold. Throws a Failure. */
export async function keepImported(
  found: PastedPreferences,
  { customer, customerFile, out }: Keeping,
  terminal: Terminal,
): Promise<KeptPreferences> {
  requireConnection(found);
  const recordFile = recordFileOf(customerFile ?? out);
  const job = { found, cloud: cloudFor(found, customer), out, recordFile, by: 'ta-exchange import' };
  const kept = await withIgnoreQuestion(out, terminal, () =>
    keepPreferences(job, () => askSecret('Client Secret', terminal, 'Import a file that contains it.')),
  );
  showKept(out, kept, terminal);
  return kept;
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
  { changed, kept, notes, preferences }: KeptPreferences,
  { line, paint }: Terminal,
): void {
  if (!changed) {
    line(done(`${out} holds just this already. Nothing was written.`, paint).text);
    return;
  }
  line(done(`Written: ${out} (${secretIn(out)})`, paint).text);
  if (kept !== undefined)
    line(detail(`The previous file is kept as ${kept}, which contains its secret.`, paint).text);
  for (const { what, next } of notes) line(detail(`${what} ${next}`, paint).text);
  const send = commandLine(['send', out, '--to', preferences.connection.fromEmailAddress]);
  line(heading('Next', paint).text);
  line(`  The secret is not proved yet. Prove it: ${send}`);
  if (kept !== undefined) line(`  Enter it in T&A, press Test, and then remove ${plain(kept)}.`);
}
