import type { Command } from 'commander';
import type { Clock } from '../core/ports.ts';
import type { Terminal } from './terminal.ts';

/** Exit codes: 0 done, 1 failed, 2 something is to be done first, 3 bad usage or bad input file. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Options that commands have in common; those about services are of the commands that ask one. */
export interface CommonOptions {
  readonly practice?: true;
  readonly scenario?: readonly string[];
  readonly manual?: true;
  readonly connectTo?: readonly string[];
  readonly json?: true;
  readonly verbose?: true;
}

/** What every command is given besides its own arguments. */
export interface Context {
  readonly terminal: Terminal;
  readonly options: CommonOptions;
  readonly clock: Clock;
  /** Aborted by the first Ctrl+C. */
  readonly signal: AbortSignal;
}

/** Adds a command. `services`: it asks Microsoft, so it has the options for that; `files`: it reads and writes files alone; `itself`: it is asked. */
export type AddCommand = (
  usage: string,
  description: string,
  asks?: 'services' | 'files' | 'itself',
) => Command;

/** Runs what `load` gives; a command's code is loaded when it runs. */
export type StartCommand = (
  options: CommonOptions,
  load: () => Promise<(context: Context) => Promise<ExitCode>>,
  /** What Ctrl+C says; nothing where the command has nothing to finish. */
  interrupted?: string,
) => Promise<void>;
