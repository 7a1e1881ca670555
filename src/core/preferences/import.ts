import { extname } from 'node:path';
import * as z from 'zod/mini';
import { errors } from '../advice/errors.ts';
import type { Cloud } from '../cloud/clouds.ts';
import { parseShape } from '../files/read-json.ts';
import { readText } from '../files/read-text.ts';
import type { Secret } from '../secret.ts';
import { decryptWith, type Opener } from './age.ts';
import { endpointsOf } from './endpoints.ts';
import { type Format, formats } from './formats/formats.ts';
import { readPasted } from './formats/pasted.ts';
import { isLeftOut, isMasked } from './left-out.ts';
import { IncomingPreferences, PastedPreferences, Preferences } from './preferences.ts';

/**
 * Preferences from a file of any format that can be read back, by its extension; `.txt` is text pasted from T&A's screen.
 * Strict: anything unknown, doubled or missing is a Failure with exit code 3 that quotes no value. The endpoints are as
 * found: not to be used before `diffPreferences` has compared them. One more extension `.age`: encrypted; `opener` is
 * asked for the key.
 */
export async function importPreferences(
  path: string,
  opener: () => Promise<Opener> = refuseEncrypted(path),
): Promise<PastedPreferences> {
  const encrypted = extname(path).toLowerCase() === '.age';
  const extension = extname(encrypted ? path.slice(0, -'.age'.length) : path).toLowerCase();
  const text = async (expected: string): Promise<string> => {
    const found = await readText(path, expected);
    return encrypted ? await decryptWith(await opener(), found) : found;
  };
  if (extension === '.txt') {
    const pasted = readPasted(await text("text from T&A's screen"), path);
    return parseShape(withoutHiddenSecret(pasted), PastedPreferences, path);
  }
  const read = await readerOf(extension, path);
  return parseShape(withoutHiddenSecret(read(await text('preferences'), path)), IncomingPreferences, path);
}

const refuseEncrypted = (path: string) => (): Promise<never> => {
  throw errors.badInput({ file: path, path: '', expected: 'a file that is not encrypted' });
};

async function readerOf(extension: string, path: string): Promise<NonNullable<Format['read']>> {
  const entry = Object.values(formats).find((each) => each.extension === extension);
  const format = await entry?.load();
  if (format?.read) return format.read;
  throw errors.badInput({
    file: path,
    path: '',
    expected: 'a file that ends in .json, .ini, .xml, .csv or .txt, or in one of these and .age',
  });
}

const WithSecret = z.looseObject({ connection: z.looseObject({ clientSecret: z.string() }) });

function withoutHiddenSecret(found: unknown): unknown {
  const parsed = WithSecret.safeParse(found);
  if (!parsed.success) return found;
  const { clientSecret, ...connection } = parsed.data.connection;
  return isLeftOut(clientSecret) || isMasked(clientSecret) ? { ...parsed.data, connection } : found;
}

/**
 * Imported preferences in which no difference was found, made whole: the endpoints are the cloud's own, the secret is
 * given where the file had none. Throws a Failure with exit code 3 where that is no secret.
 */
export function completePreferences(
  { version, component, connection }: PastedPreferences,
  cloud: Cloud,
  given: Secret | undefined,
): Preferences {
  const clientSecret = (connection.clientSecret ?? given)?.reveal();
  const whole = {
    version,
    component,
    connection: { ...connection, clientSecret },
    apiEndpoints: endpointsOf(cloud),
  };
  return parseShape(whole, Preferences, 'The secret that was entered');
}
