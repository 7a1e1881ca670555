import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

/** Sees that Debian's `age` is there. Installs it where it is missing and we may; throws with what is missing elsewhere. */
export function needAge(): void {
  if (isThere()) return;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version'))
    throw new Error(
      'This test opens our files with the tool age, which is missing. Install it: apt-get install age',
    );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'pipe' });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'age'], { env, stdio: 'pipe' });
}

function isThere(): boolean {
  try {
    execFileSync('age', ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

export interface AgeKey {
  /** Public: `age1...` */
  readonly recipient: string;
  /** The file that holds its secret half. */
  readonly identityFile: string;
}

export async function makeAgeKey(identityFile: string): Promise<AgeKey> {
  await promisify(execFile)('age-keygen', ['-o', identityFile]);
  const { stdout } = await promisify(execFile)('age-keygen', ['-y', identityFile]);
  return { recipient: stdout.trim(), identityFile };
}

/** The text in the file, as the tool opens it. */
export async function openWithKey(file: string, { identityFile }: AgeKey): Promise<string> {
  return (await promisify(execFile)('age', ['--decrypt', '-i', identityFile, file])).stdout;
}

/** The tool asks for a passphrase on a terminal only, so `script` gives it one. Writes what it opens to `to`. */
export async function openWithPassphrase(
  file: string,
  passphrase: string,
  to: string,
): Promise<number | null> {
  const child = spawn('script', ['-qec', `age --decrypt -o '${to}' '${file}'`, '/dev/null'], {
    stdio: 'pipe',
  });
  let asked = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    // Its complaint about a wrong one names the passphrase too, when nobody listens any more.
    if (!asked && text.includes('passphrase')) child.stdin.write(`${passphrase}\n`);
    asked ||= text.includes('passphrase');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}
