import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { cliEntry } from './cli-entry.ts';

/** So long a command may take before the test ends it: a prompt that nobody answers shall not hang the suite. */
const patienceMs = 100_000;

export interface CliRun {
  /** `null` where a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningCli {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<CliRun>;
  /** Resolves when stdout or stderr shows the text; rejects where the process ends before. */
  shows(text: string | RegExp): Promise<string>;
}

/** `ta-exchange` as a process of its own, as it ships, without a shell and without this machine's settings. */
export function startCli(args: readonly string[], { cwd, env = {} }: CliOptions = {}): RunningCli {
  const child = spawn(process.execPath, [cliEntry(), ...args], {
    cwd: cwd ?? tmpdir(),
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: 'pipe',
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  const shown = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    shown.stderr += text;
  });
  child.stdin.end();
  const ended = once(child, 'close').then(([code]) => ({ code: exitCode(code), ...shown }));
  return { child, ended, shows: (text) => waitFor(text, () => shown.stdout + shown.stderr, child) };
}

export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return startCli(args, options).ended;
}

function exitCode(code: unknown): number | null {
  return typeof code === 'number' ? code : null;
}

async function waitFor(
  text: string | RegExp,
  shown: () => string,
  child: ChildProcessWithoutNullStreams,
): Promise<string> {
  for (;;) {
    const all = shown();
    if (typeof text === 'string' ? all.includes(text) : text.test(all)) return all;
    if (child.exitCode !== null) throw new Error(`The command ended without showing ${text}:\n${all}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
