import { rename } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const busy = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Renames; while another program holds the target or the folder, as virus scanners and sync clients do, tries again. */
export async function renamePatiently(from: string, to: string, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs;
  for (let pause = 10; ; pause = Math.min(pause * 2, 200)) {
    try {
      return await rename(from, to);
    } catch (cause) {
      if (!isBusy(cause) || performance.now() >= until) throw cause;
      await sleep(pause);
    }
  }
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && busy.has(String(cause.code));
}
