import { accessSync, constants, statfsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildInto } from './built-cli.ts';

const variable = 'TA_EXCHANGE_CLI';

/** Where Linux keeps files in memory. */
const memory = '/dev/shm';
const enoughBytes = 2 * 1024 ** 3;

/** A story writes to the disk before each step, which takes ten milliseconds each time where there is a disk. */
function isRoomInMemory(): boolean {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > enoughBytes;
  } catch {
    return false;
  }
}

/**
 * Before all tests: the command line is built once, as it ships. Each start of it takes half as long as from its source.
 * All that tests leave behind lies in one folder and goes with it.
 */
export async function setup(): Promise<() => Promise<void>> {
  const place = isRoomInMemory() ? memory : tmpdir();
  const folder = await mkdtemp(join(place, 'ta-tests-'));
  // A test that root starts looks into it as somebody else.
  await chmod(folder, 0o755);
  process.env.TMPDIR = folder;
  const built = join(folder, 'built');
  await mkdir(built);
  await buildInto(built);
  process.env[variable] = join(built, 'dist', 'cli.js');
  return () => rm(folder, { recursive: true, force: true });
}

/** The built entry, in a test. */
export function cliEntry(): string {
  const entry = process.env[variable];
  if (entry === undefined) throw new Error(`${variable} is not set: the tests were not started by vitest.`);
  return entry;
}

/** The folder that holds all that was built with it, as a clone does. */
export const builtFolder = (): string => dirname(dirname(cliEntry()));

/** What a start of it has of this machine: nothing but its programs, and a cache for the compiled code as a user's has it. */
export const cliEnvironment = (): Readonly<Record<string, string>> => ({
  PATH: process.env.PATH ?? '',
  XDG_CACHE_HOME: join(builtFolder(), 'caches'),
});
