import { plain } from '../../core/advice/plain.ts';
import { readCustomer } from '../../core/customer/customer-file.ts';
import { recordFileOf } from '../../core/customer/file-names.ts';
import type { SecretPlace, Standing } from '../../core/hand-over/facts.ts';
import { type HandedOver, handOver } from '../../core/hand-over/hand-over.ts';
import { readerFor } from '../ask-reader.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { detail, done, heading } from '../lines.ts';
import type { Terminal } from '../terminal.ts';

export interface HandoverOptions extends CommonOptions {
  readonly out: string;
  readonly secret?: 'omit' | 'encrypt';
  readonly recipient?: string;
  readonly preferences?: string;
}

/** Without `--secret` and `--recipient` no secret is in the pack. */
export const handoverCommand =
  (customerFile: string, options: HandoverOptions) =>
  async ({ terminal, clock }: Context): Promise<ExitCode> => {
    const { out, secret, recipient, preferences, json } = options;
    const customer = await readCustomer(customerFile);
    const kind = secret ?? (recipient === undefined ? 'omit' : 'encrypt');
    const reader = await readerFor(kind, recipient, terminal);
    const recordFile = recordFileOf(customerFile);
    const handed = await handOver({
      customer,
      recordFile,
      preferencesFile: preferences,
      folder: out,
      reader,
      now: clock.now(),
    });
    if (json) terminal.document(handed);
    else show(handed, terminal);
    return 0;
  };

function show({ folder, files, standing, places }: HandedOver, { line, paint }: Terminal): void {
  line(done(`Written: ${folder}`, paint).text);
  for (const file of files) line(detail(file, paint).text);
  line(heading('Next', paint).text);
  const moves = [...nextMoves[standing], ...places.map(placeMove), ...encryptMove(places)];
  for (const next of moves) line(`  ${plain(next)}`);
}

const read = 'Read report.html, and go through its checklist with the customer.';
const nextMoves: Readonly<Record<Standing, readonly string[]>> = {
  works: [read],
  proved: ['No mail was seen to arrive yet: run onboard again with --to ADDRESS, then hand over.', read],
  'not proved': ['Not proved yet, and the report says so: run onboard again, then hand over.', read],
  expired: [
    'The client secret has expired, and the report says so: run onboard again, then hand over.',
    read,
  ],
  'no secret': [
    'There is no client secret yet, and the report says so: run onboard again, then hand over.',
    read,
  ],
};

/** Where there is something to encrypt and it was not asked for. */
function encryptMove(places: readonly SecretPlace[]): readonly string[] {
  const [place] = places;
  return place?.kind === 'preferences'
    ? [
        'To give the preferences along, encrypted: run this again with --secret encrypt, or with --recipient and an age key.',
      ]
    : [];
}

function placeMove(place: SecretPlace): string {
  switch (place.kind) {
    case 'encrypted':
      return `The client secret is in ${place.file}; the report says how to open it.`;
    case 'preferences':
      return `${place.file} holds the client secret. It stays with you: pass the secret on in person or by phone.`;
    case 'vault':
      return `The client secret is in the Key Vault of the customer: ${place.uri}`;
    default:
      return place satisfies never;
  }
}
