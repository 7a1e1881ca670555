import { extname } from 'node:path';
import * as z from 'zod/mini';
import type { Cloud } from '../cloud/clouds.ts';
import { parseShape } from '../files/read-json.ts';
import { readText } from '../files/read-text.ts';
import { parseStrictJson } from '../files/strict-json.ts';
import type { Secret } from '../secret.ts';
import { errors } from '../words/errors.ts';
import { say, type Words } from '../words/say.ts';
import { decryptWith, type Opener } from './age.ts';
import { endpointsOf } from './endpoints.ts';
import { labelAt } from './formats/labels.ts';
import { isQuoted, readPasted, trimmed } from './formats/pasted.ts';
import { isLeftOut, isMasked } from './left-out.ts';
import { IncomingPreferences, PastedPreferences, Preferences } from './preferences.ts';
import { notImportable } from './preferences-failures.ts';

export interface Incoming {
  readonly preferences: PastedPreferences;
  /** Why the secret is not there, in words, where something else stands in its place. */
  readonly secretGap: Words | undefined;
}

/**
 * Preferences from a file, by its extension: `.json`, or `.txt` with text pasted from T&A's screen.
 * Strict: anything unknown, doubled or missing is a Failure with exit code 3 that quotes no value. The endpoints are as
 * found: not to be used before `diffPreferences` has compared them. One more extension `.age`: encrypted; `opener` is
 * asked for the key.
 */
export async function importPreferences(
  path: string,
  opener: () => Promise<Opener> = refuseEncrypted(path),
): Promise<Incoming> {
  const encrypted = extname(path).toLowerCase() === '.age';
  const extension = extname(encrypted ? path.slice(0, -'.age'.length) : path).toLowerCase();
  const text = async (expected: Words): Promise<string> => {
    const found = await readText(path, expected);
    return encrypted ? await decryptWith(await opener(), found) : found;
  };
  if (extension === '.txt') return pastedPreferences(await text(say`text from T&A's screen`), path);
  if (extension !== '.json') throw notImportable(path);
  const { found, secretGap } = withoutHiddenSecret(parseStrictJson(await text(say`preferences`), path));
  return { preferences: parseShape(found, IncomingPreferences, path), secretGap };
}

/** As `importPreferences`, for text that lies in no file; `name` stands for it in messages. */
export function pastedPreferences(text: string, name: string): Incoming {
  const { found, secretGap } = withoutHiddenSecret(readPasted(text, name));
  return { preferences: parseShape(found, PastedPreferences, name, labelAt), secretGap };
}

const decrypted = say`Decrypt the file first, and give the decrypted one.`;

const refuseEncrypted = (path: string) => (): Promise<never> => {
  throw errors.badInput({
    file: path,
    path: '',
    expected: say`a file that is not encrypted`,
    next: decrypted,
  });
};

const WithSecret = z.looseObject({ connection: z.looseObject({ clientSecret: z.string() }) });

function withoutHiddenSecret(found: unknown): { found: unknown; secretGap: Words | undefined } {
  const parsed = WithSecret.safeParse(found);
  if (!parsed.success) return { found, secretGap: undefined };
  const { clientSecret, ...connection } = parsed.data.connection;
  const secretGap = gapOf(clientSecret);
  return { found: secretGap === undefined ? found : { ...parsed.data, connection }, secretGap };
}

function gapOf(clientSecret: string): Words | undefined {
  if (isLeftOut(clientSecret)) return say`left out`;
  return isMasked(clientSecret) ? say`hidden behind dots` : undefined;
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
    component: component ?? 'EXCH',
    connection: { ...connection, clientSecret },
    apiEndpoints: endpointsOf(cloud),
  };
  return parseShape(whole, Preferences, say`The secret you entered`);
}

/** What is odd about a secret that nothing is known of, a sentence each: it may have been copied badly. Quotes nothing. */
export function secretNotes(secret: Secret): Words[] {
  const text = secret.reveal();
  const inner = trimmed(text);
  const quoted = isQuoted(inner);
  const odd = /[^\x21-\x7e]/u.exec(quoted ? inner.slice(1, -1) : inner);
  return [
    ...(/^[\s\p{Cf}]/u.test(text) ? [say`begins with a space`] : []),
    ...(/[\s\p{Cf}]$/u.test(text) ? [say`ends with a space`] : []),
    ...(quoted ? [say`is in quotation marks`] : []),
    ...(odd
      ? [say`contains a character that Entra never uses, the ${ordinal(text.indexOf(odd[0]) + 1)}`]
      : []),
  ].map((fault) => say`The client secret ${fault}. Check that it was copied as Entra shows it.`);
}

function ordinal(count: number): string {
  const teen = count % 100 > 10 && count % 100 < 14;
  return `${count}${(teen ? undefined : ['th', 'st', 'nd', 'rd'][count % 10]) ?? 'th'}`;
}
