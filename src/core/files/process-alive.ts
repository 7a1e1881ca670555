import { readFile } from 'node:fs/promises';

/** Whether a process of this machine lives. Signal 0 only asks; EPERM: it lives, as somebody else's. */
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
