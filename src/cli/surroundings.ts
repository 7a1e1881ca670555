import { type Clock, systemClock } from '../core/ports.ts';

/** A stream that text is written to; what is known of a terminal behind it. */
interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

type Signal = 'SIGINT' | 'SIGTERM';

/** The part of a process that a run of the command line uses. */
interface Process {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  on(signal: Signal, listener: () => void): unknown;
  off(signal: Signal, listener: () => void): unknown;
  exit(code: number): void;
}

/** What a run of the command line finds around it. A test gives its own, with a clock that it moves. */
export interface Surroundings {
  readonly process: Process;
  readonly clock: Clock;
  /** Told when the code of a command is loaded, right before it runs. */
  readonly loaded?: () => void;
}

export const realSurroundings: Surroundings = { process, clock: systemClock };
type Stream = NodeJS.Process['stdout'] | NodeJS.Process['stderr'];

/**
 * The process, its output such that a run goes on where it can no longer be written: a reader that went away (`| head`), a
 * full disk. What a run has begun in a tenant must not end for want of a reader. `lost`: whether something was lost
 * otherwise than by a reader that had enough.
 */
export function keepWriting(process: NodeJS.Process): { readonly process: Process; lost(): boolean } {
  // A container's terminal often says 0, and a question would get a line for each of its letters.
  if (process.stdout.columns === 0) process.stdout.columns = 80;
  const broken = new Set<string>();
  const told = (from: Stream, error: unknown): void => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || broken.has(code)) return;
    broken.add(code);
    if (from === process.stdout) write(process.stderr, `The output cannot be written (${code}).\n`);
  };
  const write = (stream: Stream, text: string): boolean => {
    try {
      return stream.write(text);
    } catch (error) {
      // A file is written at once, and fails at once.
      told(stream, error);
      return false;
    }
  };
  const safe = (stream: Stream) => {
    stream.on('error', (error) => told(stream, error));
    return {
      get isTTY() {
        return stream.isTTY;
      },
      get columns() {
        return stream.columns;
      },
      write: (text: string) => write(stream, text),
    };
  };
  return {
    lost: () => broken.size > 0,
    process: {
      env: process.env,
      stdin: process.stdin,
      stdout: safe(process.stdout),
      stderr: safe(process.stderr),
      on: (signal, listener) => process.on(signal, listener),
      off: (signal, listener) => process.off(signal, listener),
      exit: (code) => process.exit(code),
    },
  };
}

/** Put in by the build, from package.json. */
declare const builtVersion: string | undefined;

/** The version of this program. */
export const ownVersion = typeof builtVersion === 'string' ? builtVersion : 'not built';
