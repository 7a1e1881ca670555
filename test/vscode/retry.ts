import { setTimeout as pause } from 'node:timers/promises';

/** Tries until it gives something, or until the time is up: then the last error, or one that names what was waited for. */
export async function until<T>(
  what: string,
  attempt: () => Promise<T | undefined>,
  timeoutMs = 30_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await attempt();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Not seen within ${timeoutMs / 1000} s: ${what}`);
    await pause(100);
  }
}
