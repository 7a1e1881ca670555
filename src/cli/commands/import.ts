import { clouds } from '../../core/cloud/clouds.ts';
import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer-file.ts';
import { recordFileOf } from '../../core/customer/file-names.ts';
import { CustomerRecord } from '../../core/customer/record.ts';
import { checkPlace } from '../../core/files/place.ts';
import { readJson } from '../../core/files/read-json.ts';
import { readText } from '../../core/files/read-text.ts';
import { exists } from '../../core/files/target.ts';
import type { Opener } from '../../core/preferences/age.ts';
import { diffPreferences } from '../../core/preferences/diff.ts';
import { nearestCloud } from '../../core/preferences/endpoints.ts';
import { completePreferences, importPreferences } from '../../core/preferences/import.ts';
import type { PastedPreferences } from '../../core/preferences/preferences.ts';
import { writePreferences } from '../../core/preferences/preferences-file.ts';
import { Secret } from '../../core/secret.ts';
import { askSecret } from '../ask-secret.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { offeringIgnoreLine } from '../ignore-offer.ts';
import { detail, done } from '../lines.ts';
import { showDifferences } from '../show-differences.ts';
import type { Terminal } from '../terminal.ts';
import { usageFailure } from '../usage-failure.ts';

export interface ImportOptions extends CommonOptions {
  readonly customer?: string;
  readonly out?: string;
  readonly identity?: string;
}

/** Exit code 2 where something differs; then nothing is written. */
export const importCommand =
  (file: string, { customer: customerFile, out, identity, json }: ImportOptions) =>
  async ({ terminal }: Context): Promise<ExitCode> => {
    const found = await importPreferences(file, () => openerOf(identity, terminal));
    const { customer, record } = await wantedBy(customerFile);
    const differences = diffPreferences(found, customer, record);
    if (!json) showDifferences(differences, customer, terminal);
    const written = differences.length === 0 && out !== undefined ? out : null;
    if (written !== null) await keep(found, customer, written, terminal);
    if (json) terminal.document({ differences, written });
    return differences.length > 0 ? 2 : 0;
  };

async function openerOf(identity: string | undefined, terminal: Terminal): Promise<Opener> {
  if (identity !== undefined)
    return { kind: 'key file', text: new Secret(await readText(identity, 'an age key file')) };
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
  const path = recordFileOf(customerFile);
  return (await exists(path)) ? { customer, record: await readJson(path, CustomerRecord) } : { customer };
}

async function keep(
  found: PastedPreferences,
  customer: Customer | undefined,
  out: string,
  terminal: Terminal,
): Promise<void> {
  if (!customer && Object.keys(found.apiEndpoints).length === 0)
    throw usageFailure(
      'The text names no API Endpoints, so the cloud is not known. Give the customer file with --customer.',
    );
  const notes = await offeringIgnoreLine(out, terminal, () => checkPlace(out));
  const cloud = customer ? clouds[customer.cloud] : nearestCloud(found.apiEndpoints);
  const secret =
    found.connection.clientSecret ??
    (await askSecret('Client Secret', terminal, 'Import a file that holds it.'));
  await writePreferences(out, completePreferences(found, cloud, secret));
  terminal.line(done(`Written: ${out} (holds the secret; readable by you alone)`, terminal.paint).text);
  for (const { what, next } of notes) terminal.line(detail(`${what} ${next}`, terminal.paint).text);
}
