import { writeFile } from 'node:fs/promises';
import type { Encrypter } from 'age-encryption';
import { checkPlace, type PlaceNote } from '../files/place.ts';
import { exists } from '../files/target.ts';
import { holdsSecret, Secret } from '../secret.ts';
import { errors } from '../words/errors.ts';
import { Failure, row } from '../words/failure.ts';
import { inTerminal, say, type Words } from '../words/say.ts';

/** Who can open what is encrypted: the holder of a recipient's key (`age1...`), or whoever knows the passphrase. */
export type Reader =
  | { readonly kind: 'recipient'; readonly key: string }
  | { readonly kind: 'passphrase'; readonly passphrase: Secret };

export const minimumLetters = 12;

/**
 * The text encrypted for one reader, as armoured text: opens with `age --decrypt` (age-encryption.org/v1). Throws a
 * Failure, exit code 3, where the key is none or the passphrase too short.
 */
export async function encryptFor(reader: Reader, text: string): Promise<string> {
  const { Encrypter, armor } = await import('age-encryption');
  const encrypter = new Encrypter();
  if (reader.kind === 'recipient') addKey(encrypter, reader.key);
  else encrypter.setPassphrase(strong(reader.passphrase));
  return armor.encode(await encrypter.encrypt(text));
}

/** The key as it may stand in a script. Throws a Failure, exit code 3, where it is none. */
export async function checkRecipient(key: string): Promise<string> {
  const { Encrypter } = await import('age-encryption');
  addKey(new Encrypter(), key);
  return key;
}

function addKey(encrypter: Pick<Encrypter, 'addRecipient'>, key: string): void {
  if (/^AGE-SECRET-KEY-/i.test(key)) throw secretKeyGiven();
  try {
    encrypter.addRecipient(key);
  } catch {
    throw noRecipient();
  }
}

/** A new key pair: the secret half, which is kept, and the public one. */
export async function makeKeyPair(): Promise<{ identity: Secret; recipient: string }> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const identity = await generateX25519Identity();
  return { identity: new Secret(identity), recipient: await identityToRecipient(identity) };
}

/**
 * Writes a new key as `age-keygen` does, into a file that is not there yet, and gives the public half. Throws a Failure, exit
 * code 3 where the file exists: a key that is overwritten opens nothing any more.
 */
export async function makeKeyFile(
  path: string,
  now: number,
): Promise<{ readonly recipient: string; readonly notes: readonly PlaceNote[] }> {
  const notes = await checkPlace(path);
  if (await exists(path)) throw keyExists(path);
  const { identity, recipient } = await makeKeyPair();
  const created = `# created: ${new Date(now).toISOString()}\n# public key: ${recipient}\n`;
  await writeFile(path, `${created}${identity.reveal()}\n`, { mode: 0o600, flag: 'wx' }).catch(
    (cause: unknown) => {
      throw errors.cannotWrite(path, cause);
    },
  );
  return { recipient, notes };
}

/** The public half of a key pair. */
export async function recipientOf(identity: Secret): Promise<string> {
  const { identityToRecipient } = await import('age-encryption');
  return await identityToRecipient(identity.reveal());
}

/** What opens an encrypted file: a key file as `age-keygen` writes it, or the passphrase. */
export type Opener =
  | { readonly kind: 'key file'; readonly text: Secret }
  | { readonly kind: 'passphrase'; readonly passphrase: Secret };

/** Opens what was sealed to one of the keys in a key file; `sealed`: an age file in base64. Throws a Failure, exit code 3. */
export async function openSealed(keyFile: Secret, sealed: string): Promise<Secret> {
  try {
    return new Secret(await decrypt({ kind: 'key file', text: keyFile }, Buffer.from(sealed, 'base64')));
  } catch {
    throw notForThisKey(keysIn(keyFile).length);
  }
}

/** The text that `encryptFor` or the tool `age --armor` encrypted. Throws a Failure, exit code 3. */
export async function decryptWith(opener: Opener, armoured: string): Promise<string> {
  const { armor } = await import('age-encryption');
  try {
    return await decrypt(opener, armor.decode(armoured));
  } catch {
    throw doesNotOpen(opener.kind);
  }
}

async function decrypt(opener: Opener, file: Uint8Array): Promise<string> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  if (opener.kind === 'key file') for (const key of keysIn(opener.text)) decrypter.addIdentity(key);
  else decrypter.addPassphrase(opener.passphrase.reveal().normalize('NFC'));
  return await decrypter.decrypt(file, 'text');
}

function keysIn(keyFile: Secret): readonly string[] {
  return keyFile.reveal().match(/^AGE-SECRET-KEY-[A-Z0-9-]+$/gm) ?? [];
}

function strong(passphrase: Secret): string {
  const text = passphrase.reveal().normalize('NFC');
  if (isWeak(text)) throw weakPassphrase();
  if (holdsSecret(text)) throw secretAsPassphrase();
  return text;
}

/** Whether a passphrase is too short to be taken. */
export function isWeak(passphrase: string): boolean {
  return passphrase.normalize('NFC').length < minimumLetters;
}

function noRecipient(): Failure {
  return refusal(
    say`The recipient is not an age key: expected a text that begins with age1.`,
    say`To encrypt a file, you need the public key of the person who will open it.`,
    say`Ask that person for the whole line that begins with age1. ${inTerminal`To create your own key, run ta-exchange key --out FILE.`.or(say`Set-up can also create a key for you.`)}`,
  );
}

function keyExists(path: string): Failure {
  return refusal(
    say`${path} already exists. No key was written.`,
    say`If it is a key, you could never again open what was encrypted for it.`,
    say`Choose another file.`,
    say`create a key`,
  );
}

function secretKeyGiven(): Failure {
  return refusal(
    say`This is the secret half of an age key. Expected the public one, which begins with age1.`,
    say`A secret key on a command line stays in the shell history. Assume that others know it.`,
    say`Create a new key${inTerminal` (ta-exchange key --out FILE)`} and use its public half.`,
  );
}

function notForThisKey(keys: number): Failure {
  return refusal(
    keys === 0
      ? say`The key file contains no age key: expected a line that begins with AGE-SECRET-KEY-.`
      : say`The sealed secret does not open with this age key.`,
    say`It opens only with the key that the script was created for.`,
    say`Use that key. If it is lost, create the script for another key and have it run with --new-secret (PowerShell: -NewSecret).`,
    say`open the sealed secret`,
  );
}

function doesNotOpen(kind: Opener['kind']): Failure {
  return refusal(
    kind === 'passphrase'
      ? say`The file does not open with this passphrase, or is not a complete age file.`
      : say`The file does not open with this key file, or is not a complete age file.`,
    say`It opens only with the passphrase or key that it was encrypted with.`,
    say`Check which one that was, and that the file is complete with its first and last line.`,
    say`open the encrypted preferences`,
  );
}

function weakPassphrase(): Failure {
  return refusal(
    say`The passphrase is too short: expected at least ${minimumLetters} characters.`,
    say`Anyone who gets the file can try passphrases for as long as they like.`,
    say`Choose four or five random words.`,
  );
}

function secretAsPassphrase(): Failure {
  return refusal(
    say`The passphrase looks like a client secret.`,
    say`Anyone who is told the passphrase could sign in with it, without the file.`,
    say`Choose four or five random words.`,
  );
}

function refusal(message: Words, cause: Words, next: Words, doing = say`encrypt the preferences`): Failure {
  return new Failure({
    code: 'TA-ENCRYPTION',
    message,
    doing,
    exitCode: 3,
    advice: row(cause, 'you', next),
  });
}
