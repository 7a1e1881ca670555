import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cliEntry } from './cli-entry.ts';

export interface TerminalCli {
  /** Resolves with all that the screen got, as soon as it holds this text. */
  shows(text: string): Promise<string>;
  type(keys: string): void;
  /** The exit code, and all that the screen got. */
  readonly ended: Promise<{ readonly code: unknown; readonly screen: string }>;
}

/**
 * `ta-exchange` in a pseudo-terminal of so many columns, by `script` of util-linux, which only takes a shell's command;
 * what is put into it are names of this test suite.
 */
export function startInTerminal(
  args: readonly string[],
  { cwd, env = {}, columns = 100 }: { cwd: string; env?: Readonly<Record<string, string>>; columns?: number },
): TerminalCli {
  const quoted = [process.execPath, cliEntry(), ...args].map((arg) => `'${arg}'`).join(' ');
  const command = `stty cols ${columns} rows 40; exec ${quoted}`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', SHELL: '/bin/sh', ...env },
    stdio: 'pipe',
    timeout: 100_000,
    killSignal: 'SIGKILL',
  });
  let screen = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
  });
  return {
    shows: (text) => waitFor(text, () => screen, child),
    type: (keys) => void child.stdin.write(keys),
    ended: once(child, 'close').then(([code]) => ({ code, screen })),
  };
}

async function waitFor(
  text: string,
  screen: () => string,
  child: ChildProcessWithoutNullStreams,
): Promise<string> {
  while (!screen().includes(text)) {
    if (child.exitCode !== null) throw new Error(`The command ended without showing ${text}:\n${screen()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return screen();
}
