import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { hostPlayed } from '../../src/practice/clouds.ts';
import type { State } from '../../src/practice/state.ts';

/** INV8: no one but Microsoft was asked, and no token came with what went to an upload address, which is a permission itself. */
export function expectMicrosoftAlone({ requests, cloud }: State): void {
  const hosts = new Set(requests.map(({ host }) => host));
  expect([...hosts].filter((host) => hostPlayed(host, cloud) === undefined)).toEqual([]);
  const uploads = requests.filter(({ host, hasToken }) => host === cloud.upload && hasToken);
  expect(uploads, 'upload requests with a token').toEqual([]);
}

/** Of INV5: a file with a secret is whole, and its owner's alone. Windows has no such modes. */
export async function expectPrivate(preferences: string): Promise<void> {
  const folder = dirname(preferences);
  const withSecret = (await readdir(folder)).filter((name) => /\.ta-email\.json$/.test(name));
  for (const name of withSecret) {
    const path = join(folder, name);
    const text = await readFile(path, 'utf8');
    expect(() => JSON.parse(text), name).not.toThrow();
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777, `mode of ${name}`).toBe(0o600);
  }
}

/** Of INV14: a run that came to its end holds its customer no more. */
export async function expectUnlocked(record: string): Promise<void> {
  const names = await readdir(dirname(record));
  expect(
    names.filter((name) => name.includes('.lock')),
    'locks',
  ).toEqual([]);
}
