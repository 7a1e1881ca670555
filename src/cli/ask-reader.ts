import type { Reader } from '../core/preferences/age.ts';
import type { SecretPolicy } from '../core/preferences/export.ts';
import { askSecret } from './ask-secret.ts';
import type { Terminal } from './terminal.ts';
import { usageFailure } from './usage-failure.ts';

/**
 * Who can open what `--secret` and `--recipient` ask to be encrypted: the holder of the key, else whoever knows a
 * passphrase that is asked for. `undefined` where nothing is encrypted.
 */
export async function readerFor(
  secret: SecretPolicy['kind'],
  recipient: string | undefined,
  terminal: Terminal,
): Promise<Reader | undefined> {
  if (recipient !== undefined && secret !== 'encrypt')
    throw usageFailure(`--recipient encrypts the file, --secret ${secret} does not. Leave one of them out.`);
  if (secret !== 'encrypt') return undefined;
  return recipient === undefined ? await askPassphrase(terminal) : { kind: 'recipient', key: recipient };
}

async function askPassphrase(terminal: Terminal): Promise<Reader> {
  const otherwise = "Give the reader's age key with --recipient.";
  const passphrase = await askSecret('Passphrase for the file', terminal, otherwise);
  const again = await askSecret('The same again', terminal, otherwise);
  if (passphrase.reveal() !== again.reveal()) throw usageFailure('The two passphrases differ.');
  return { kind: 'passphrase', passphrase };
}
