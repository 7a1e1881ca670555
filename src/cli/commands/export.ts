import { basename } from 'node:path';
import type { Reader } from '../../core/preferences/age.ts';
import { type Exported, exportPreferences, type SecretPolicy } from '../../core/preferences/export.ts';
import type { FormatName } from '../../core/preferences/formats/formats.ts';
import { readPreferences } from '../../core/preferences/preferences-file.ts';
import { askSecret } from '../ask-secret.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { offeringIgnoreLine } from '../ignore-offer.ts';
import { detail, done } from '../lines.ts';
import type { Terminal } from '../terminal.ts';
import { usageFailure } from '../usage-failure.ts';

export interface ExportOptions extends CommonOptions {
  readonly format: FormatName;
  readonly out: string;
  readonly secret?: SecretPolicy['kind'];
  readonly recipient?: string;
}

/** Without `--secret` nothing secret leaves; with `--recipient` it is encrypted. */
export const exportCommand =
  (preferencesFile: string, options: ExportOptions) =>
  async ({ terminal }: Context): Promise<ExitCode> => {
    const preferences = await readPreferences(preferencesFile);
    const secret = await policyOf(preferencesFile, options, terminal);
    const { format, out } = options;
    const exported = await offeringIgnoreLine(out, terminal, () =>
      exportPreferences(out, preferences, { format, secret }),
    );
    if (options.json) terminal.document({ ...exported, format, secret: secret.kind });
    else showExported(exported, secret, terminal);
    return 0;
  };

async function policyOf(
  preferencesFile: string,
  { secret, recipient }: ExportOptions,
  terminal: Terminal,
): Promise<SecretPolicy> {
  const kind = secret ?? (recipient === undefined ? 'omit' : 'encrypt');
  if (recipient !== undefined && kind !== 'encrypt')
    throw usageFailure(`--recipient encrypts the file, --secret ${kind} does not. Leave one of them out.`);
  switch (kind) {
    case 'include':
      return { kind };
    case 'omit':
      return { kind, place: basename(preferencesFile) };
    case 'encrypt':
      return {
        kind,
        reader: recipient === undefined ? await askReader(terminal) : { kind: 'recipient', key: recipient },
      };
    default:
      return kind satisfies never;
  }
}

async function askReader(terminal: Terminal): Promise<Reader> {
  const otherwise = "Give the reader's age key with --recipient.";
  const passphrase = await askSecret('Passphrase for the file', terminal, otherwise);
  const again = await askSecret('The same again', terminal, otherwise);
  if (passphrase.reveal() !== again.reveal()) throw usageFailure('The two passphrases differ.');
  return { kind: 'passphrase', passphrase };
}

const meanings: Readonly<Record<SecretPolicy['kind'], string>> = {
  include: 'holds the secret; readable by you alone',
  omit: 'without the secret',
  encrypt: 'encrypted; opens with: age --decrypt',
};

function showExported({ file, notes }: Exported, { kind }: SecretPolicy, terminal: Terminal): void {
  terminal.line(done(`Written: ${file} (${meanings[kind]})`, terminal.paint).text);
  for (const { what, next } of notes) terminal.line(detail(`${what} ${next}`, terminal.paint).text);
}
