import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errors } from '../words/errors.ts';
import { lookAt } from './look-at.ts';

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
    await rm(file, { recursive: true, force: true }).catch((cause: unknown) => {
      throw errors.cannotWrite(file, cause);
    });
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

/** Whether a process of this machine lives. Signal 0 only asks; EPERM: it lives, as someone else's. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

/** When a process began, in the system's own counting since it started; `undefined` where the system does not tell it in a file. */
export async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold anything; the start is the 20th field behind it (man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
