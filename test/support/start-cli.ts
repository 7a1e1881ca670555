import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { cliEntry, cliEnvironment } from './cli-entry.ts';
import type { RunningCli } from './run-cli.ts';
import { createScreen } from './screen.ts';

/** So long a command may take before the test ends it: a prompt that nobody answers shall not hang the suite. */
const patienceMs = 100_000;

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another Node than that of the tests. */
  readonly node?: string;
}

export interface CliProcess extends RunningCli {
  readonly child: ChildProcessWithoutNullStreams;
}

/**
 * `ta-exchange` as a process of its own, as it ships, without a shell, without this machine's settings, in real time. It
 * costs half a second: for streams, signals, exit codes and settings alone.
 */
export function startCli(
  args: readonly string[],
  { cwd, env = {}, node = process.execPath }: ProcessOptions = {},
): CliProcess {
  const child = spawn(node, [cliEntry(), ...args], {
    cwd: cwd ?? tmpdir(),
    env: { ...cliEnvironment(), ...env },
    stdio: 'pipe',
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  const screen = createScreen();
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => screen.write(stream, text));
  child.stdin.end();
  const ended = once(child, 'close').then(([code]) => {
    screen.close();
    return { code: typeof code === 'number' ? code : null, ...screen.shown };
  });
  return { child, ended, shows: screen.shows, interrupt: () => void child.kill('SIGINT') };
}
