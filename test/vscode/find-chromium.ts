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
