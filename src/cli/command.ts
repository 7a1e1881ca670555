import type { Command, Option } from 'commander';
import type { Clock } from '../core/ports.ts';
import type { Needs } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Exit codes: 0 done, 1 failed, 2 something has to be done first, 3 bad usage or bad input file. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Options that commands have in common; those about services are of the commands that ask one. */
export interface CommonOptions {
  readonly practice?: true;
  readonly scenario?: readonly string[];
  readonly manual?: true;
  readonly fresh?: true;
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

/** What commander gives an action: the arguments, and then the options. */
type Given = Parameters<Parameters<Command['action']>[0]>;

/** A command of the terminal. */
export interface CommandRow {
  readonly usage: string;
  readonly does: string;
  readonly asks?: Needs;
  readonly options: readonly Option[];
  readonly examples: readonly string[];
  /** What Ctrl+C says; nothing where the command has nothing to finish. */
  readonly interrupted?: string;
  /** A command's code is loaded when it runs. */
  load(): Promise<(...given: Given) => (context: Context) => Promise<ExitCode>>;
}
