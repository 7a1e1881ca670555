import { addIgnoreLine } from '../core/files/ignore-line.ts';
import type { Reader } from '../core/preferences/age.ts';
import type { SecretInExport } from '../core/preferences/export.ts';
import { secretFault } from '../core/preferences/preferences.ts';
import { Secret } from '../core/secret.ts';
import { errors } from '../core/words/errors.ts';
import { Failure } from '../core/words/failure.ts';
import { say } from '../core/words/say.ts';
import type { Terminal } from './terminal.ts';
import { usageFailure } from './usage.ts';

/** Asks for a value that is not shown while it is typed. No one there: exit code 3, `otherwise` says what to do instead. */
export async function askSecret(
  message: string,
  { interactive }: Terminal,
  otherwise: string,
  fault?: (typed: string) => string | undefined,
): Promise<Secret> {
  if (!interactive) throw usageFailure(`No one can be asked here for a secret value. ${otherwise}`);
  const { isCancel, password } = await import('./prompts.ts');
  const validate = (typed = '') => fault?.(typed);
  const answer = await password({ message, validate });
  if (isCancel(answer))
    throw errors.cancelled(say`Nothing was written.`, { doing: say`ask for a secret value` });
  return new Secret(answer ?? '');
}

/** The client secret that T&A works with; `undefined` where the person does not have it, or is not there. */
export async function askClientSecret(terminal: Terminal): Promise<Secret | undefined> {
  if (!terminal.interactive) return undefined;
  const question = 'Client Secret, as T&A has it. Leave it empty if you do not have it.';
  const secret = await askSecret(question, terminal, '', (typed) => {
    const expected = typed === '' ? undefined : secretFault(typed);
    return expected && `Enter ${expected}.`;
  });
  return secret.reveal() === '' ? undefined : secret;
}

/**
 * Who can open what `--secret` and `--recipient` ask to be encrypted: the holder of the key, else whoever knows a
 * passphrase that is asked for. `undefined` where nothing is encrypted.
 */
export async function readerFor(
  secret: SecretInExport['kind'],
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

/** Does the work; where git would take the file along, offers the line that keeps it out, and does the work again. */
export async function withIgnoreQuestion<T>(
  path: string,
  { interactive, line }: Terminal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!interactive || !(error instanceof Failure) || error.code !== 'TA-NOT-IGNORED') throw error;
    line(`\n${error.message}`);
    const { confirm } = await import('./prompts.ts');
    const wanted = await confirm({
      message: String(error.advice.next),
      active: 'Add the line',
      inactive: 'Stop',
    });
    if (wanted !== true) throw error;
    await addIgnoreLine(path);
    return await work();
  }
}
