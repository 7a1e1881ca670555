import { basename } from 'node:path';
import { type Exported, type SecretInExport, writeExport } from '../../core/preferences/export.ts';
import type { FormatName } from '../../core/preferences/formats/formats.ts';
import { readPreferences } from '../../core/preferences/preferences-file.ts';
import { readerFor, withIgnoreQuestion } from '../ask.ts';
import type { CommonOptions, Context, ExitCode } from '../command.ts';
import { detail, done, secretIn } from '../show/lines.ts';
import type { Terminal } from '../terminal.ts';

export interface ExportCommandOptions extends CommonOptions {
  readonly format: FormatName;
  readonly out: string;
  readonly secret?: SecretInExport['kind'];
  readonly recipient?: string;
}

/** Without `--secret` nothing secret leaves; with `--recipient` it is encrypted. */
export const exportCommand =
  (preferencesFile: string, options: ExportCommandOptions) =>
  async ({ terminal }: Context): Promise<ExitCode> => {
    const preferences = await readPreferences(preferencesFile);
    const secret = await policyOf(preferencesFile, options, terminal);
    const { format, out } = options;
    const exported = await withIgnoreQuestion(out, terminal, () =>
      writeExport(out, preferences, { format, secret, source: preferencesFile, onlyOverExports: true }),
    );
    if (options.json) terminal.document({ ...exported, format, secret: secret.kind });
    else showExported(exported, secret, terminal);
    return 0;
  };

async function policyOf(
  preferencesFile: string,
  { secret, recipient }: ExportCommandOptions,
  terminal: Terminal,
): Promise<SecretInExport> {
  const kind = secret ?? (recipient === undefined ? 'omit' : 'encrypt');
  const reader = await readerFor(kind, recipient, terminal);
  if (reader) return { kind: 'encrypt', reader };
  return kind === 'include' ? { kind } : { kind: 'omit', place: basename(preferencesFile) };
}

const meanings: Readonly<Record<Exclude<SecretInExport['kind'], 'include'>, string>> = {
  omit: 'without the secret',
  encrypt: 'encrypted; opens with: age --decrypt',
};

function showExported({ file, notes }: Exported, { kind }: SecretInExport, terminal: Terminal): void {
  const meaning = kind === 'include' ? secretIn(file) : meanings[kind];
  terminal.line(done(`Written: ${file} (${meaning})`, terminal.paint).text);
  for (const { what, next } of notes) terminal.line(detail(`${what} ${next}`, terminal.paint).text);
}
