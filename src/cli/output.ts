import type { Surroundings } from './surroundings.ts';

type Process = Surroundings['process'];
type Stream = NodeJS.Process['stdout'] | NodeJS.Process['stderr'];

/**
 * The process, its output such that a run goes on where it can no longer be written: a reader that went away (`| head`), a
 * full disk. What a run has begun in a tenant must not end for want of a reader. `lost`: whether something was lost
 * otherwise than by a reader that had enough.
 */
export function keepWriting(process: NodeJS.Process): { readonly process: Process; lost(): boolean } {
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
