import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where Chromium is. `CHROMIUM` in the environment comes first. Throws when there is none. */
export function findChromium(): string {
  const found = [process.env.CHROMIUM, ...usual].find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error('Chromium is missing. Install it, or set CHROMIUM to its path.');
  return found;
}

/** Installs Debian's Chromium where it is missing and we may. Throws with what is missing elsewhere. */
export function installChromium(): void {
  try {
    findChromium();
    return;
  } catch (error) {
    if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) throw error;
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  const packages = ['chromium', 'fonts-dejavu-core'];
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: 'inherit',
    env,
  });
  findChromium();
}
