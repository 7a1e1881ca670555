import { tmpdir } from 'node:os';
import { main } from '../../src/cli/main.ts';
import type { Surroundings } from '../../src/cli/surroundings.ts';
import type { Clock } from '../../src/core/ports.ts';
import { fakeClock } from './fake-clock.ts';
import { createScreen } from './screen.ts';

export interface CliRun {
  /** `null` where a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  /** Without one a run has a clock of its own that jumps over every wait. */
  readonly clock?: Clock;
}

export interface RunningCli {
  readonly ended: Promise<CliRun>;
  /** Resolves when stdout or stderr shows the text; rejects where the command ends before. */
  shows(text: string | RegExp): Promise<string>;
  /** Ctrl+C. */
  interrupt(): void;
}

/** `ta-exchange` in this process, without a terminal, on a clock that jumps. What needs a process of its own: `startCli`. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return beginCli(args, options).ended;
}

/** The same, to be watched while it runs. */
export function beginCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  const { cwd = tmpdir(), clock = fakeClock() } = options;
  const screen = createScreen();
  const listeners = new Set<() => void>();
  const surroundings: Surroundings = {
    clock,
    process: {
      env: {},
      stdin: {},
      stdout: { write: (text) => screen.write('stdout', text) },
      stderr: { write: (text) => screen.write('stderr', text) },
      on: (_signal, listener) => listeners.add(listener),
      off: (_signal, listener) => listeners.delete(listener),
      exit: () => {
        throw new Error('What ends at once needs a process of its own: startCli.');
      },
    },
  };
  const ended = inFolder(cwd, () => main(args, surroundings)).then((code) => ({
    code,
    ...screen.shown,
  }));
  void ended.catch(() => undefined).then(screen.close);
  return {
    ended,
    shows: screen.shows,
    interrupt() {
      for (const listener of listeners) listener();
    },
  };
}

/** The folder that runs are in now, and where this process was before them. */
let place: { readonly folder: string; readonly before: string; runs: number } | undefined;
let left = Promise.withResolvers<void>();

/** A process has one working folder: runs in different ones take turns, those in one run side by side. */
async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  while (place && place.folder !== folder) await left.promise;
  place ??= { folder, before: process.cwd(), runs: 0 };
  place.runs += 1;
  process.chdir(folder);
  try {
    return await work();
  } finally {
    place.runs -= 1;
    if (place.runs === 0) {
      process.chdir(place.before);
      place = undefined;
      left.resolve();
      left = Promise.withResolvers();
    }
  }
}
