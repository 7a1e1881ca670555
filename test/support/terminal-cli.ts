import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cliEntry } from './cli-entry.ts';
import { createScreen } from './screen.ts';

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
  const screen = createScreen();
  child.stdout.setEncoding('utf8').on('data', (text: string) => screen.write('stdout', text));
  return {
    shows: screen.shows,
    type: (keys) => void child.stdin.write(keys),
    ended: once(child, 'close').then(([code]) => {
      screen.close();
      return { code, screen: screen.shown.stdout };
    }),
  };
}
