import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { armor, Encrypter } from 'age-encryption';
import { makeKeyPair } from '../../src/core/preferences/age.ts';

export interface AgeKey {
  /** Public: `age1...` */
  readonly recipient: string;
  /** The file that holds its secret half. */
  readonly identityFile: string;
}

/** A key file as `age-keygen` writes it. */
export async function makeAgeKey(identityFile: string): Promise<AgeKey> {
  const { identity, recipient } = await makeKeyPair();
  const lines = ['# created: 2026-11-23T22:00:00Z', `# public key: ${recipient}`, identity.reveal(), ''];
  await writeFile(identityFile, lines.join('\n'), { mode: 0o600 });
  return { recipient, identityFile };
}

/** How `rage.ts`, which plays the tool `age`, is started. */
export function rageCommand(): readonly string[] {
  const program = fileURLToPath(new URL('rage.ts', import.meta.url));
  // The oldest VS Code has a Node in it that reads types only if told to.
  const types = process.features.typescript
    ? []
    : ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  return [process.execPath, ...types, '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', program];
}

/** Encrypted as `age --passphrase` does, but at a price that tests can pay: that of the tool takes a second to read by design. */
export async function sealLightly(passphrase: string, text: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(2);
  encrypter.setPassphrase(passphrase);
  return armor.encode(await encrypter.encrypt(text));
}

/** The text in the file, as another reader of age files than ours opens it; `by`: how that is started. */
export async function openWithKey(
  file: string,
  { identityFile }: AgeKey,
  [program = '', ...args] = rageCommand(),
): Promise<string> {
  const all = [...args, '--decrypt', '--identity', identityFile, file];
  return (await promisify(execFile)(program, all)).stdout;
}
