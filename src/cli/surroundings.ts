import { systemClock } from '../core/clock.ts';
import type { Clock } from '../core/ports.ts';

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
}

export const realSurroundings: Surroundings = { process, clock: systemClock };
