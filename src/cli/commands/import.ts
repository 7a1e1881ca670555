import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer.ts';
import { recordFileOf } from '../../core/customer/file-names.ts';
import type { CustomerRecord } from '../../core/customer/record.ts';
import { findRecord } from '../../core/customer/record-file.ts';
import { checkOutput } from '../../core/files/own-files.ts';
import { readText } from '../../core/files/read-text.ts';
import type { Opener } from '../../core/preferences/age.ts';
import { type Comparison, comparePreferences, type NotCompared } from '../../core/preferences/compare.ts';
import { endpointNotes } from '../../core/preferences/endpoints.ts';
import { importPreferences, secretNotes } from '../../core/preferences/import.ts';
import { Secret } from '../../core/secret.ts';
import type { KeptPreferences } from '../../core/stories/import-preferences.ts';
import { plain, say, type Words } from '../../core/words/say.ts';
import { askSecret } from '../ask.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { keepImported } from '../keep-imported.ts';
import { caution, detail, done, heading } from '../show/lines.ts';
import type { Terminal } from '../terminal.ts';

export interface ImportOptions extends CommonOptions {
  readonly customer?: string;
  readonly out?: string;
  readonly identity?: string;
}

/** Exit code 2 where something differs; then nothing is written. */
export const importCommand =
  (file: string, options: ImportOptions) =>
  async ({ terminal }: Context): Promise<ExitCode> => {
    const { customer: customerFile, out, identity, json } = options;
    if (out !== undefined) await checkOutput(out, { inputs: [file], isPreferences: true });
    const incoming = await importPreferences(file, () => openerOf(identity, terminal));
    const { customer, record } = await wantedBy(customerFile);
    const comparison = comparePreferences(incoming, customer, record);
    if (!json) showComparison(comparison, customer, terminal);
    const { preferences } = incoming;
    const differs = comparison.differences.length > 0;
    const kept =
      differs || !out
        ? undefined
        : await keepImported(preferences, { customer, customerFile, out }, terminal);
    const secret = (kept?.preferences ?? preferences).connection.clientSecret;
    const notes = [...notesOn(secret, record), ...endpointNotes(preferences.apiEndpoints)];
    if (json) terminal.document(documentOf(comparison, notes, out, kept));
    else showNotes(notes, terminal);
    return differs ? 2 : 0;
  };

/** What is not as it should be, field by field, and what nothing can be said about. */
function showComparison(
  { differences, notCompared, isEmpty }: Comparison,
  customer: Customer | undefined,
  { line, paint }: Terminal,
): void {
  const other = customer ? `what ${plain(customer.name)} should have` : "T&A's own endpoints";
  if (isEmpty) line(caution('Nothing could be compared.', paint).text);
  else if (differences.length === 0)
    line(done(`What could be compared is the same as ${other}.`, paint).text);
  for (const { label, expected, found, fault } of differences) {
    line(heading(fault === undefined ? label : `${label}: ${fault}`, paint).text);
    line(detail(`expected ${expected}`, paint).text);
    line(detail(`found    ${found}`, paint).text);
  }
  if (notCompared.length > 0) line(detail(`Not compared: ${byReason(notCompared)}`, paint).text);
  if (differences.length === 0) return;
  const what = differences.length === 1 ? 'One field differs' : `${differences.length} fields differ`;
  line(`\n${what} from ${other}. Nothing was written; do not send with these values.`);
}

/** `Tenant ID, Client ID (nothing recorded yet), API Endpoints (not in the text)` */
function byReason(rows: readonly NotCompared[]): string {
  return rows
    .map(({ label, why }, index) => (rows[index + 1]?.why === why ? label : `${label} (${why})`))
    .join(', ');
}

/** A secret that is recorded was compared. */
const notesOn = (secret: Secret | undefined, record: CustomerRecord | undefined): Words[] =>
  secret && !record?.secret ? secretNotes(secret) : [];

function showNotes(notes: readonly Words[], { line, paint }: Terminal): void {
  for (const note of notes) line(caution(note, paint).text);
}

function documentOf(
  { differences, notCompared }: Comparison,
  notes: readonly Words[],
  out: string | undefined,
  kept: KeptPreferences | undefined,
): Record<string, unknown> {
  const written = kept?.changed ? out : null;
  const outcome = { written, kept: kept?.kept ?? null, unchanged: kept?.changed === false };
  return { differences, notCompared, notes, ...outcome };
}

/** Opens an encrypted file: by a key file, or by a passphrase that is asked for. */
export async function openerOf(identity: string | undefined, terminal: Terminal): Promise<Opener> {
  if (identity !== undefined)
    return { kind: 'key file', text: new Secret(await readText(identity, say`an age key file`)) };
  const otherwise = 'Give the file with the age key: --identity FILE.';
  return { kind: 'passphrase', passphrase: await askSecret('Passphrase', terminal, otherwise) };
}

interface Wanted {
  readonly customer?: Customer;
  readonly record?: CustomerRecord;
}

async function wantedBy(customerFile: string | undefined): Promise<Wanted> {
  if (customerFile === undefined) return {};
  const customer = await readCustomer(customerFile);
  const record = await findRecord(recordFileOf(customerFile));
  return { customer, ...(record && { record }) };
}
