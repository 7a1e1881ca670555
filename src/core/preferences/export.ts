import { basename } from 'node:path';
import { writeAtomically } from '../files/atomic-write.ts';
import { sweepLeftovers } from '../files/leftovers.ts';
import { checkOutput } from '../files/own-files.ts';
import { checkPlace, type PlaceNote } from '../files/place.ts';
import { placeFailures } from '../files/place-failures.ts';
import { readText } from '../files/read-text.ts';
import { exists } from '../files/target.ts';
import { encryptFor, type Reader } from './age.ts';
import { cloudOf } from './endpoints.ts';
import type { Format } from './formats/format.ts';
import { type FormatName, formats } from './formats/formats.ts';
import { leftOut } from './left-out.ts';
import type { Preferences } from './preferences.ts';
import { inClear } from './preferences-file.ts';

/**
 * What becomes of the secret. `include`: in clear. `omit`: a text in its place says that it is in `place`, such as the
 * name of the preferences file. `encrypt`: the whole file is encrypted.
 */
export type SecretInExport =
  | { readonly kind: 'include' }
  | { readonly kind: 'omit'; readonly place: string }
  | { readonly kind: 'encrypt'; readonly reader: Reader };

export interface ExportOptions {
  readonly format: FormatName;
  readonly secret: SecretInExport;
  /** The file that the preferences were read from. */
  readonly source?: string;
  /** Where no one was asked about it: only an earlier export is replaced. */
  readonly onlyOverExports?: boolean;
}

export interface Exported {
  /** Where it was written: with `encrypt` the path given, and `.age`. */
  readonly file: string;
  /** What is worth knowing about that place, and about the file. */
  readonly notes: readonly PlaceNote[];
}

/**
 * Writes the preferences in a format, readable by the owner alone. With the secret in clear it does not go where git
 * would take it along. Throws a Failure, then nothing was written.
 */
export async function writeExport(
  path: string,
  preferences: Preferences,
  { format, secret, source, onlyOverExports = false }: ExportOptions,
): Promise<Exported> {
  // A page that tells people to enter strange endpoints would hand over the secret as well as a request would.
  cloudOf(preferences.apiEndpoints);
  const file = secret.kind === 'encrypt' && !path.endsWith('.age') ? `${path}.age` : path;
  await checkOutput(file, { inputs: source === undefined ? [] : [source] });
  if (onlyOverExports && (await exists(file)) && !(await isExport(file))) throw placeFailures.notOurs(file);
  const notes = secret.kind === 'include' ? await checkPlace(file) : [];
  const { write, note }: Format = formats[format];
  const values = inClear(
    preferences,
    secret.kind === 'omit' ? leftOut(`it is in ${basename(secret.place)}`) : undefined,
  );
  const text = write(values);
  await sweepLeftovers(file, Date.now());
  await writeAtomically(file, secret.kind === 'encrypt' ? await encryptFor(secret.reader, text) : text);
  return { file, notes: [...notes, ...[note?.(values) ?? []].flat()] };
}

/** An export in any format names T&A's Token Endpoint, unless it is encrypted. */
async function isExport(file: string): Promise<boolean> {
  const text = await readText(file).catch(() => '');
  return (
    text.includes('{TenantId}/oauth2/v2.0/token') || text.startsWith('-----BEGIN AGE ENCRYPTED FILE-----')
  );
}
