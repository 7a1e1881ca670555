import type { Customer } from '../../core/customer/customer.ts';
import { readCustomer } from '../../core/customer/customer.ts';
import { recordFileOf } from '../../core/customer/file-names.ts';
import type { SecretPlace } from '../../core/hand-over/facts.ts';
import { readPreferences } from '../../core/preferences/preferences-file.ts';
import { type HandedOver, writeHandOver } from '../../core/stories/hand-over.ts';
import { plain } from '../../core/words/say.ts';
import { readerFor } from '../ask.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { commandLine } from '../command-line.ts';
import { detail, done, heading } from '../show/lines.ts';
import type { Terminal } from '../terminal.ts';

export interface HandoverOptions extends CommonOptions {
  readonly out: string;
  readonly secret?: 'omit' | 'encrypt';
  readonly recipient?: string;
  readonly preferences?: string;
}

interface Handing {
  readonly customer: Customer;
  readonly customerFile: string;
  readonly out: string;
  readonly preferences: string | undefined;
}

/** Without `--secret` and `--recipient` no secret is in the pack. */
export const handoverCommand =
  (customerFile: string, options: HandoverOptions) =>
  async ({ terminal, clock }: Context): Promise<ExitCode> => {
    const { out, secret, recipient, preferences, json } = options;
    const customer = await readCustomer(customerFile);
    // A hand-over may do without the file; not where a person says that it is there.
    if (preferences !== undefined) await readPreferences(preferences);
    const kind = secret ?? (recipient === undefined ? 'omit' : 'encrypt');
    const reader = await readerFor(kind, recipient, terminal);
    const recordFile = recordFileOf(customerFile);
    const handed = await writeHandOver({
      customer,
      recordFile,
      by: 'ta-exchange handover',
      preferencesFile: preferences,
      folder: out,
      reader,
      now: clock.now(),
    });
    if (json) terminal.document(handed);
    else show(handed, { customer, customerFile, out, preferences }, terminal);
    return 0;
  };

function show(
  { folder, files, gap, adopt, practice, places }: HandedOver,
  { customer, customerFile, out, preferences }: Handing,
  { line, paint }: Terminal,
): void {
  line(done(`Written: ${folder}`, paint).text);
  for (const file of files) line(detail(file, paint).text);
  line(heading('Next', paint).text);
  const onboard = commandLine([
    ...['onboard', customerFile, '--to', customer.mail.fromAddress],
    ...(adopt === undefined ? [] : ['--adopt', adopt]),
    ...(practice ? ['--practice'] : []),
  ]);
  const place = preferences === undefined ? [] : ['--preferences', preferences];
  const encrypt = commandLine(['handover', customerFile, '--out', out, ...place, '--secret', 'encrypt']);
  const moves = [...missing(gap, onboard), read, ...places.map(placeMove), ...encryptMove(places, encrypt)];
  for (const next of moves) line(`  ${plain(next)}`);
}

const read = 'Read report.html, and go through its checklist with the customer.';

/** What has to be done before this is handed over; `onboard` is the command for it. */
function missing(gap: HandedOver['gap'], onboard: string): readonly string[] {
  const then = `Run this first, then hand over: ${onboard}`;
  switch (gap) {
    case undefined:
      return [];
    case 'no mail seen':
      return [`No test email has been seen to arrive yet. ${then}`];
    case 'not proved':
      return [`Not proved yet, and the report says so. ${then}`];
    case 'expired':
      return [`The client secret has expired, and the report says so. ${then}`];
    case 'no secret':
      return [`There is no client secret yet, and the report says so. ${then}`];
    default:
      return gap satisfies never;
  }
}

/** Where there is something to encrypt and it was not asked for. */
function encryptMove([place]: readonly SecretPlace[], command: string): readonly string[] {
  if (place?.kind !== 'preferences') return [];
  return [
    `To include the preferences, encrypted with a passphrase: ${command}`,
    'To encrypt them for an age key instead, add --recipient and the key.',
  ];
}

function placeMove(place: SecretPlace): string {
  switch (place.kind) {
    case 'encrypted':
      return `The client secret is in ${place.file}; the report says how to open it.`;
    case 'preferences':
      return `${place.file} contains the client secret. It stays with you: pass the secret on in person or by phone.`;
    case 'vault':
      return `The client secret is in the Key Vault of the customer: ${place.uri}`;
    default:
      return place satisfies never;
  }
}
