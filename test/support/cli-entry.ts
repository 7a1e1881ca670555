import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildInto } from './built-cli.ts';

const variable = 'TA_EXCHANGE_CLI';

/** Before all tests: the command line is built once, as it ships. Each start of it takes half as long as from its source. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ta-cli-'));
  await buildInto(folder);
  process.env[variable] = join(folder, 'dist', 'cli.js');
  return () => rm(folder, { recursive: true });
}

/** The built entry, in a test. */
export function cliEntry(): string {
  const entry = process.env[variable];
  if (entry === undefined) throw new Error(`${variable} is not set: the tests were not started by vitest.`);
  return entry;
}
