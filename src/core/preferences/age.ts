import { Failure } from '../advice/failure.ts';
import { row } from '../advice/row.ts';
import type { Secret } from '../secret.ts';

/** Who can open what is encrypted: the holder of a recipient's key (`age1...`), or whoever knows the passphrase. */
export type Reader =
  | { readonly kind: 'recipient'; readonly key: string }
  | { readonly kind: 'passphrase'; readonly passphrase: Secret };

const minimumLetters = 12;

/**
 * The text encrypted for one reader, as armoured text: opens with `age --decrypt` (age-encryption.org/v1). Throws a
 * Failure, exit code 3, where the key is none or the passphrase too short.
 */
export async function encryptFor(reader: Reader, text: string): Promise<string> {
  const { Encrypter, armor } = await import('age-encryption');
  const encrypter = new Encrypter();
  if (reader.kind === 'recipient') addKey(reader.key);
  else encrypter.setPassphrase(strong(reader.passphrase));
  return armor.encode(await encrypter.encrypt(text));

  function addKey(key: string): void {
    if (/^AGE-SECRET-KEY-/i.test(key)) throw secretKeyGiven();
    try {
      encrypter.addRecipient(key);
    } catch {
      throw noRecipient();
    }
  }
}

function strong(passphrase: Secret): string {
  const text = passphrase.reveal().normalize('NFC');
  if (text.length < minimumLetters) throw weakPassphrase();
  return text;
}

function noRecipient(): Failure {
  return refusal(
    'The recipient is not an age key: expected a text such as age1..., as age-keygen prints it.',
    'Encrypting needs the public key of whoever shall read the file.',
    'Ask the reader for the line that begins with age1, copied whole.',
  );
}

function secretKeyGiven(): Failure {
  return refusal(
    'This is the secret half of an age key. Expected the public one, which begins with age1.',
    'A secret key on a command line stays in the shell history: take it for known.',
    'Make a new key with age-keygen, and give its public half.',
  );
}

function weakPassphrase(): Failure {
  return refusal(
    `The passphrase is too short: expected at least ${minimumLetters} characters.`,
    'Whoever gets hold of the file can try passphrases on it for as long as they like.',
    'Choose four or five random words.',
  );
}

function refusal(message: string, cause: string, next: string): Failure {
  return new Failure({
    code: 'TA-ENCRYPTION',
    message,
    doing: 'encrypt the preferences',
    exitCode: 3,
    advice: row(cause, 'you', next),
  });
}
