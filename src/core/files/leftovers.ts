import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { lookAt } from './look-at.ts';
import { isAlive } from './process-alive.ts';

const old = 60 * 60 * 1000;

/** `.NAME.ta-PID-RANDOM.tmp` beside the target: a rename within one folder is atomic. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.ta-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
}

/**
 * Removes the temporary files and folders that killed runs left beside a target, for they may hold a secret. One of a process that
 * still lives stays, unless it is an hour old: then the process is another one with the same number. Throws a Failure.
 */
export async function sweepLeftovers(path: string, now: number): Promise<string[]> {
  const folder = dirname(path);
  const names = (await lookAt(folder, (at) => readdir(at))) ?? [];
  const swept: string[] = [];
  for (const name of names) {
    const pid = ownerOf(name, basename(path));
    if (pid === undefined) continue;
    const file = join(folder, name);
    if (isAlive(pid) && (await ageOf(file, now)) < old) continue;
    await rm(file, { recursive: true, force: true });
    swept.push(name);
  }
  return swept;
}

function ownerOf(name: string, target: string): number | undefined {
  const prefix = `.${target}.ta-`;
  const owner = name.startsWith(prefix) && /^(\d+)-[0-9a-f]{12}\.tmp$/.exec(name.slice(prefix.length));
  return owner ? Number(owner[1]) : undefined;
}

async function ageOf(file: string, now: number): Promise<number> {
  const found = await lookAt(file, (at) => stat(at));
  return found === undefined ? 0 : now - found.mtimeMs;
}
