import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface LimitedRun {
  readonly env?: NodeJS.ProcessEnv;
  readonly limitMs: number;
  /** File that takes what it prints; without one it prints here. */
  readonly output?: number;
}

/** Runs one of our scripts with this Node. Gives its exit code; 124 when the time was up and it was ended. */
export async function runLimited(
  script: readonly string[],
  { env, limitMs, output = 1 }: LimitedRun,
): Promise<number> {
  const windows = process.platform === 'win32';
  const child = spawn(process.execPath, script, {
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
    // A group of its own, so that what it started ends with it.
    detached: !windows,
  });
  const kill = () =>
    child.pid === undefined || windows ? child.kill() : process.kill(-child.pid, 'SIGKILL');
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, limitMs);
  process.once('exit', kill);
  const [code]: (number | null)[] = await once(child, 'exit');
  process.off('exit', kill);
  clearTimeout(timer);
  return timedOut ? 124 : (code ?? 1);
}
