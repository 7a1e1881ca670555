import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cliEntry, cliEnvironment } from './cli-entry.ts';
import { createScreen } from './screen.ts';

export interface TerminalCli {
  /** Resolves with all that the screen got, as soon as it holds this text. */
  shows(text: string | RegExp): Promise<string>;
  type(keys: string): void;
  /** The exit code, and all that the screen got. */
  readonly ended: Promise<{ readonly code: unknown; readonly screen: string }>;
}

interface TerminalOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
}

/** `ta-exchange` in a pseudo-terminal. */
export function startInTerminal(args: readonly string[], options: TerminalOptions): TerminalCli {
  return startProgramInTerminal([process.execPath, cliEntry(), ...args], options);
}

const patienceMs = 100_000;

const pseudoTerminal = `
import os, pty, sys
columns, *command = sys.argv[1:]
sized = (
  'import fcntl, os, struct, sys, termios;'
  f'fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, {columns}, 0, 0));'
  'os.execvp(sys.argv[1], sys.argv[1:])'
)
sys.exit(os.waitstatus_to_exitcode(pty.spawn([sys.executable, '-c', sized, *command])))`;

/** A program in a pseudo-terminal of so many columns. Node cannot make one; Python can. */
export function startProgramInTerminal(
  command: readonly string[],
  { cwd, env = {}, columns = 100 }: TerminalOptions,
): TerminalCli {
  const args = ['-c', pseudoTerminal, String(columns), ...command];
  const child = spawn('python3', args, {
    cwd,
    env: { ...cliEnvironment(), TERM: 'xterm-256color', SHELL: '/bin/sh', ...env },
    stdio: 'pipe',
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  const screen = createScreen();
  child.stdout.setEncoding('utf8').on('data', (text: string) => screen.write('stdout', text));
  return {
    shows: screen.shows,
    type: (keys) => void child.stdin.write(keys),
    ended: once(child, 'close').then(([code]) => {
      screen.close();
      const shown = screen.shown.stdout;
      // It waits for an answer that no one gives.
      if (code === null) throw new Error(`Not over after ${patienceMs / 1000} s. On the screen:\n${shown}`);
      return { code, screen: shown };
    }),
  };
}
