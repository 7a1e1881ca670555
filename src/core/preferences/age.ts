import { writeFile } from 'node:fs/promises';
import type { Encrypter } from 'age-encryption';
import { checkPlace, type PlaceNote } from '../files/place.ts';
import { exists } from '../files/target.ts';
import { holdsSecret, Secret } from '../secret.ts';
import { errors } from '../words/errors.ts';
import { ageFailures } from './preferences-failures.ts';

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
  if (/^AGE-SECRET-KEY-/i.test(key)) throw ageFailures.secretKeyGiven();
  try {
    encrypter.addRecipient(key);
  } catch {
    throw ageFailures.noRecipient();
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
  if (await exists(path)) throw ageFailures.keyExists(path);
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
    throw ageFailures.notForThisKey(keysIn(keyFile).length);
  }
}

/** The text that `encryptFor` or the tool `age --armor` encrypted. Throws a Failure, exit code 3. */
export async function decryptWith(opener: Opener, armoured: string): Promise<string> {
  const { armor } = await import('age-encryption');
  try {
    return await decrypt(opener, armor.decode(armoured));
  } catch {
    throw ageFailures.doesNotOpen(opener.kind);
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
  if (isWeak(text)) throw ageFailures.weakPassphrase(minimumLetters);
  if (holdsSecret(text)) throw ageFailures.secretAsPassphrase();
  return text;
}

/** Whether a passphrase is too short to be taken. */
export function isWeak(passphrase: string): boolean {
  return passphrase.normalize('NFC').length < minimumLetters;
}
