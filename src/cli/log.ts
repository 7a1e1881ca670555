import type { Log } from '../core/ports.ts';
import type { Terminal } from './terminal.ts';

/** Core's log lines, with `--verbose` on stderr; they are redacted where they are made. */
export function createLog(terminal: Terminal, verbose: boolean): Log {
  const write = (message: string): void => {
    if (verbose) terminal.error(terminal.paint.dim(message));
  };
  return { info: write, debug: write };
}
