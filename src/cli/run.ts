import type { CommonOptions, Context, ExitCode } from './command.ts';
import { asFailure, failureDocument, failureText, placesOf } from './show/failure.ts';
import type { Surroundings } from './surroundings.ts';
import { ownVersion } from './surroundings.ts';
import { createTerminal, type Terminal } from './terminal.ts';

/** The one catch of the command line: runs a command, shows a failure with its advice, gives the exit code. */
export async function run(
  options: CommonOptions,
  { process, clock }: Surroundings,
  command: (context: Context) => Promise<ExitCode>,
  interruption = 'Stopping before the next change. Press Ctrl+C again to end at once.',
): Promise<ExitCode> {
  const terminal = createTerminal(process, options);
  if (options.verbose) terminal.error(terminal.paint.dim(thisProgram()));
  const stop = new AbortController();
  const listenNoMore = (): void => {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
  };
  const interrupted = (): void => {
    if (stop.signal.aborted) {
      // Node waits for a disk that does not answer even as it ends: the next signal is the system's to heed.
      listenNoMore();
      process.exit(1);
    }
    stop.abort();
    if (interruption) terminal.error(interruption);
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  try {
    return await command({ terminal, options, clock, signal: stop.signal });
  } catch (error) {
    return tell(error, options, terminal);
  } finally {
    listenNoMore();
  }
}

/** Ends the process with advice where something is thrown that nothing waits for, such as a rejection inside a library. */
export function endWithAdvice(error: unknown, argv: readonly string[], { process }: Surroundings): void {
  const given = (option: string) => argv.includes(option);
  const options = {
    ...(given('--json') && { json: true as const }),
    ...(given('--verbose') && { verbose: true as const }),
    ...(given('--practice') && { practice: true as const }),
  };
  process.exit(tell(error, options, createTerminal(process, options)));
}

function tell(error: unknown, options: CommonOptions, terminal: Terminal): ExitCode {
  const failure = asFailure(error);
  if (options.json) terminal.document(failureDocument(failure));
  terminal.error(failureText(failure, terminal, options.practice));
  const places = options.verbose ? placesOf(error) : '';
  if (places) terminal.error(places);
  return failure.exitCode;
}

/** What a report of a fault begins with. What NODE_OPTIONS says may name a person's folders; that it says something is enough. */
const thisProgram = (): string =>
  `ta-exchange ${ownVersion}, Node ${process.versions.node}${process.env.NODE_OPTIONS ? ' with NODE_OPTIONS' : ''}, ${process.platform} ${process.arch}`;
